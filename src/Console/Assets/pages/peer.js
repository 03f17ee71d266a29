import { get, path, post, put, query } from "../api.js";
import { list } from "../conclusions.js";
import { h } from "../dom.js";
import { button, choices, date, empty, field, form, heading, pageNumber, pager, section, table, toast } from "../parts.js";
import { again, change, go, within } from "../router.js";

const size = 25;

/** What one peer is like, as it or another sees it. */
export default async function page({ workspace, name, query: given, signal }) {
  const observer = given.get("observer") || name;
  const chosen = { level: given.get("level"), origin: given.get("origin"), state: given.get("state") ?? "current" };
  const [card, representation, timeline, sessions] = await Promise.all([
    get(path`v3/workspaces/${workspace}/peers/${observer}/card` + query({ target: name }), signal),
    post(path`v3/workspaces/${workspace}/peers/${observer}/representation`, { target: name }, signal),
    get(path`v1/workspaces/${workspace}/conclusions` + query({ observer, observed: name, ...chosen, state: chosen.state === "all" ? null : chosen.state, page: pageNumber(), size }), signal),
    post(path`v3/workspaces/${workspace}/peers/${name}/sessions` + query({ size: 8, reverse: true }), {}, signal),
  ]);
  return h("div", {},
    heading(name, observer === name ? "As it is known to the whole memory." : `As ${observer} knows it.`,
      h("a", { class: "button", href: within(workspace, ["ask"], { peer: observer, target: name }) }, "Ask"),
      h("a", { class: "button writes", href: within(workspace, ["erase"], { kind: "peer", peer: name }) }, "Erase")),
    form([field("Seen by peer", "observer", { value: observer })], "Look", values => go(change({ ...values, page: null })), { inline: true, kind: "" }),
    h("div", { class: "columns" },
      section("Card", cardOf(workspace, observer, name, card.peer_card)),
      section("Representation", representation.representation ? h("div", { class: "text", tabindex: 0, role: "region", "aria-label": "Representation" }, representation.representation) : empty("There is none yet.", "It is made of the conclusions below."))),
    section("Timeline",
      choices(
        field("Show", "state", { value: chosen.state, options: [["current", "What is true now"], ["ended", "What was true once"], ["retracted", "What was retracted"], ["all", "Everything"]] }),
        field("Level", "level", { value: chosen.level ?? "", options: [["", "All"], "explicit", "deductive", "inductive", "contradiction"] }),
        field("Origin", "origin", { value: chosen.origin ?? "", options: [["", "All"], "stated", "inferred", "human"] })),
      timeline.total === 0
        ? empty("There are no such conclusions.", observer === name ? "Choose “Everything” above, or see in the queue whether messages still wait." : `${observer} observes ${name} only in sessions where its membership says so. See “Who knows whom”.`)
        : [list(workspace, timeline.items), pager(timeline, { newer: "Newer", older: "Older" })],
      remember(workspace, observer, name)),
    section("Sessions", sessions.total === 0
      ? empty(`${name} is in no session.`)
      : [table(`Sessions of ${name}`, ["Session", "Since"], sessions.items.map(one => [h("a", { class: "strong", href: within(workspace, ["sessions", one.id]) }, one.id), date(one.created_at)])),
        sessions.total > sessions.items.length && h("p", { class: "count" }, `The newest ${sessions.items.length} of ${sessions.total}`)]));
}

function cardOf(workspace, observer, name, lines) {
  const box = h("div", {});
  show();
  return box;

  function show() {
    box.replaceChildren(
      lines?.length ? h("ul", { class: "lines" }, lines.map(line => h("li", {}, line))) : empty("The card is empty.", "It fills with what matters most, or with what you write."),
      h("div", { class: "actions small" }, button("Edit", edit, { writes: true, label: "Edit the card" })));
  }

  function edit() {
    const editor = form([field("One line each", "lines", { rows: Math.max(4, lines?.length ?? 0), value: (lines ?? []).join("\n"), wide: true, hint: "A card that a person wrote is left as it is by background work." })], "Save card", async values => {
      const written = values.lines.split("\n").map(line => line.trim()).filter(Boolean);
      ({ peer_card: lines } = await put(path`v3/workspaces/${workspace}/peers/${observer}/card` + query({ target: name }), { peer_card: written }));
      show();
      toast("Card saved");
    });
    editor.querySelector(".end").append(button("Cancel", show));
    box.replaceChildren(editor);
    editor.querySelector("textarea").focus();
  }
}

/** A conclusion of one's own. */
function remember(workspace, observer, name) {
  return h("details", { class: "writes" }, h("summary", {}, "Write a conclusion"),
    form([field(`What ${observer} should know about ${name}`, "content", { rows: 2, required: true, wide: true })], "Remember", async ({ content }) => {
      await post(path`v3/workspaces/${workspace}/conclusions`, { conclusions: [{ content, observer_id: observer, observed_id: name }] });
      toast("Remembered");
      again();
    }));
}
