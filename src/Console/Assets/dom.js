// Elements without markup: what people write is always text here.
const SVG = "http://www.w3.org/2000/svg";

/** An element. `on…` are listeners, true and false set or leave out an attribute, and children may be nodes, texts, lists or nothing. */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

export function append(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) element.append(child);
  }
}

let ids = 0;

/** An id that nothing else on the page has. */
export const fresh = prefix => `${prefix}-${++ids}`;
