// What several pages are made of.
import { fresh, h } from "./dom.js";
import { again, change, current, go } from "./router.js";

const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const minute = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
const figures = new Intl.NumberFormat("en");
const few = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

export const number = value => figures.format(value);
export const compact = value => few.format(value);
export const plural = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

export function time(text, how = minute) {
  return text ? h("time", { datetime: text, title: text }, how.format(new Date(text))) : "–";
}

export const date = text => time(text, day);

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} d`;
}

export function heading(title, lead, ...actions) {
  return h("header", { class: "heading" },
    h("div", {}, h("h1", { tabindex: -1 }, title), lead && h("p", { class: "lead" }, lead)),
    actions.length > 0 && h("div", { class: "actions" }, actions));
}

export const section = (title, ...children) => h("section", { class: "section" }, h("h2", {}, title), children);

/** Nothing here yet, and what to do about it. */
export const empty = (title, ...help) => h("div", { class: "empty" }, h("p", { class: "strong" }, title), help.length > 0 && h("p", {}, help));

export const badge = (text, kind = "", title) => h("span", { class: `badge ${kind}`, title }, text);

export const tile = (label, value, note) => h("div", { class: "tile" }, h("dt", {}, label), h("dd", {}, value, note && h("small", {}, note)));

export const tiles = (...children) => h("dl", { class: "tiles" }, children);

/** A button that is busy while what it does goes on, and says what failed. */
export function button(text, action, { kind = "", writes = false, label, ...attributes } = {}) {
  const element = h("button", {
    type: "button", class: `${kind}${writes ? " writes" : ""}`, "aria-label": label, ...attributes,
    onclick: () => busy(element, action),
  }, text);
  return element;
}

/** Not by `disabled`, which would take the focus away. */
async function busy(element, action) {
  if (element.ariaBusy === "true") return;
  element.ariaBusy = "true";
  try {
    await action();
  } catch (error) {
    toast(error.message, "bad");
  } finally {
    element.ariaBusy = null;
  }
}

/** Fields with labels; `submit` gets their values by name. */
export function form(fields, text, submit, { writes = false, kind = "primary", inline = false } = {}) {
  const error = h("p", { class: "bad", role: "alert" });
  const send = h("button", { class: `${kind}${writes ? " writes" : ""}` }, text);
  const element = h("form", {
    class: inline ? "inline" : "",
    onsubmit: async event => {
      event.preventDefault();
      if (send.ariaBusy === "true") return;
      error.textContent = "";
      send.ariaBusy = "true";
      try {
        await submit(Object.fromEntries(new FormData(element)));
      } catch (failure) {
        error.textContent = failure.message;
      } finally {
        send.ariaBusy = null;
      }
    },
  }, fields, h("div", { class: "field end" }, send), error);
  return element;
}

export function field(label, name, { options, rows, hint, value, wide, ...attributes } = {}) {
  const id = fresh(name);
  const shared = { id, name, "aria-describedby": hint && `${id}-hint`, ...attributes };
  const control = options
    ? h("select", shared, options.map(option => {
      const [of, shown] = Array.isArray(option) ? option : [option, option];
      return h("option", { value: of, selected: of === value }, shown);
    }))
    : rows ? h("textarea", { ...shared, rows }, value) : h("input", { autocomplete: "off", ...shared, value });
  return h("div", { class: `field${wide ? " wide" : ""}` }, h("label", { for: id }, label), control, hint && h("small", { id: `${id}-hint` }, hint));
}

export function check(label, name, checked = false) {
  const id = fresh(name);
  return h("div", { class: "field check" }, h("input", { id, name, type: "checkbox", value: "yes", checked }), h("label", { for: id }, label));
}

/** Values that choose what is listed: a change of one opens the page with it. */
export function choices(...fields) {
  const element = h("form", {
    class: "inline choices",
    onsubmit: event => event.preventDefault(),
    onchange: () => go(change({ ...Object.fromEntries(new FormData(element)), page: null })),
  }, fields);
  return element;
}

export function pager(page, { older = "Next", newer = "Previous" } = {}) {
  if (page.pages <= 1) return h("p", { class: "count" }, plural(page.total, "entry", "entries"));
  const link = (text, number, exists) => exists ? h("a", { class: "button", href: change({ page: number, message: null }) }, text) : h("span", { class: "button off" }, text);
  return h("nav", { class: "pager", "aria-label": "Pages" },
    link(newer, page.page - 1, page.page > 1),
    h("span", { class: "count" }, `Page ${number(page.page)} of ${number(page.pages)}, ${plural(page.total, "entry", "entries")}`),
    link(older, page.page + 1, page.page < page.pages));
}

export const pageNumber = () => Number(current().query.get("page") ?? 1);

export function table(caption, heads, rows) {
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption },
    h("table", {}, h("caption", { class: "unseen" }, caption), h("thead", {}, h("tr", {}, heads.map(head => h("th", { scope: "col" }, head || h("span", { class: "unseen" }, "Actions"))))),
      h("tbody", {}, rows.map(row => h("tr", {}, row.map(cell => h("td", {}, cell)))))));
}

export function toast(text, kind = "") {
  const element = h("p", { class: `toast ${kind}` }, text);
  document.getElementById("toasts").append(element);
  setTimeout(() => element.remove(), kind === "bad" ? 8000 : 4000);
}

/** Asks before something that cannot be undone; resolves to whether it is wanted. `word` has to be typed. */
export function confirm(title, text, action, word) {
  return new Promise(resolve => {
    const id = fresh("dialog");
    const dialog = h("dialog", { "aria-labelledby": id, onclose: () => { resolve(dialog.returnValue === "yes"); dialog.remove(); } },
      h("h2", { id }, title), h("p", {}, text),
      h("form", { method: "dialog" },
        word && field(`Type ${word} to go on`, "word", { required: true, pattern: word.replace(/[^\w-]/g, "\\$&"), title: word }),
        h("div", { class: "actions" }, h("button", { value: "no", formnovalidate: true }, "Cancel"), h("button", { value: "yes", class: "danger" }, action))));
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** What went wrong and what can be done about it. */
export function failure(error) {
  const [title, help] = explain(error);
  return h("div", { class: "empty bad" }, h("h1", { tabindex: -1 }, title), h("p", {}, help), h("div", { class: "actions" }, button("Try again", again, { kind: "primary" }), h("a", { class: "button", href: "#/" }, "All workspaces")));
}

function explain({ status, message }) {
  switch (status) {
    case 0: return ["The server does not answer", "See whether it still runs (dotnet run --project src/Local) and whether this machine reaches it, then try again."];
    case 401: return ["This key does not open that", `${message}. Use the Key button above to paste one that does; a key of the workspace opens everything in it.`];
    case 404: return ["There is no such thing", `${message}. It may have been erased since.`];
    case 429: return ["Too many requests", "The limit of this key is used up for the moment. Wait a few seconds and try again."];
    default: return status === undefined ? ["This page failed", message] : [`The server refused (${status})`, message];
  }
}
