import { get, path, query } from "../api.js";
import { h, svg } from "../dom.js";
import { empty, heading, number, pageNumber, pager, plural, table } from "../parts.js";
import { within } from "../router.js";

const size = 100;
const mostPeers = 36;

/** Observers and whom they know, as a picture, and as the list that the picture is of. */
export default async function page({ workspace, signal }) {
  const pairs = await get(path`v1/workspaces/${workspace}/pairs` + query({ page: pageNumber(), size }), signal);
  const known = pairs.items.filter(pair => pair.conclusions > 0).sort((one, other) => other.conclusions - one.conclusions);
  return h("div", {},
    heading("Who knows whom", "An arrow leads from the observer to whom it knows something of; its width says how much. What the whole memory knows of a peer is the number in its circle."),
    known.length === 0
      ? empty("Nobody knows anything yet.", "Conclusions come of messages, a few seconds after these. ", h("a", { href: within(workspace, ["queue"]) }, "See what waits"))
      : [picture(workspace, known),
        table("Pairs", ["Observer", "Observed", "Conclusions"], known.map(pair => [
          h("a", { href: within(workspace, ["peers", pair.observer_id]) }, pair.observer_id),
          h("a", { href: within(workspace, ["peers", pair.observed_id], { observer: pair.observer_id }) }, pair.observed_id), number(pair.conclusions)]))],
    pairs.pages > 1 && pager(pairs));
}

function picture(workspace, pairs) {
  // Of the window's own shape, so that names can be read on a narrow one.
  const [width, height] = innerWidth < 700 ? [420, 460] : [960, 560];
  const between = pairs.filter(pair => pair.observer_id !== pair.observed_id);
  const names = [...new Set(pairs.flatMap(pair => [pair.observer_id, pair.observed_id]))].slice(0, mostPeers);
  const own = new Map(pairs.filter(pair => pair.observer_id === pair.observed_id).map(pair => [pair.observed_id, pair.conclusions]));
  const most = Math.max(...pairs.map(pair => pair.conclusions));
  const places = new Map(names.map((name, i) => [name, place(i, names.length, width, height)]));
  const radius = name => 16 + 12 * Math.sqrt((own.get(name) ?? 0) / most);
  const drawn = between.filter(pair => places.has(pair.observer_id) && places.has(pair.observed_id));
  return svg("svg", { class: "graph", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `${plural(names.length, "peer")} and what they know of each other; the table below says the same` },
    svg("defs", {}, svg("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" }, svg("path", { class: "arrow", d: "M0 0 8 4 0 8z" }))),
    drawn.map(pair => edge(pair, places, radius, most)),
    names.map(name => {
      const { x, y } = places.get(name);
      return svg("a", { href: within(workspace, ["peers", name]) }, svg("title", {}, name),
        svg("circle", { cx: x, cy: y, r: radius(name) }), svg("text", { x, y: y + radius(name) + 16 }, name.length > 18 ? `${name.slice(0, 17)}…` : name), svg("text", { x, y: y + 4 }, own.get(name) ?? 0));
    }));
}

/** On an ellipse, the first at its top. */
function place(i, count, width, height) {
  const angle = 2 * Math.PI * i / count - Math.PI / 2;
  return count === 1 ? { x: width / 2, y: height / 2 } : { x: width / 2 + Math.cos(angle) * (width / 2 - 70), y: height / 2 + Math.sin(angle) * (height / 2 - 60) };
}

/** A bow, so that both directions are seen, from rim to rim. */
function edge({ observer_id: from, observed_id: to, conclusions }, places, radius, most) {
  const [a, b] = [places.get(from), places.get(to)];
  const middle = { x: (a.x + b.x) / 2 + (b.y - a.y) * .16, y: (a.y + b.y) / 2 - (b.x - a.x) * .16 };
  const rim = (end, gap) => {
    const far = Math.hypot(middle.x - end.x, middle.y - end.y) || 1;
    return `${end.x + (middle.x - end.x) * gap / far} ${end.y + (middle.y - end.y) * gap / far}`;
  };
  const half = { x: (a.x + 2 * middle.x + b.x) / 4, y: (a.y + 2 * middle.y + b.y) / 4 };
  return svg("g", {},
    svg("path", { d: `M${rim(a, radius(from))}Q${middle.x} ${middle.y} ${rim(b, radius(to) + 4)}`, "stroke-width": 1.5 + 5 * conclusions / most, "marker-end": "url(#arrow)" }, svg("title", {}, `${from} about ${to}: ${conclusions}`)),
    svg("text", { class: "many", x: half.x, y: half.y + 4 }, conclusions));
}
