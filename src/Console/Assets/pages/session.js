import { get, path, post, query } from "../api.js";
import { list, toggle } from "../conclusions.js";
import { h } from "../dom.js";
import { badge, button, empty, heading, pager, section, time, toast } from "../parts.js";
import { again, within } from "../router.js";

const size = 50;

/** A conversation, page by page from its end, and what became of each message. */
export default async function page({ workspace, name, query: given, signal }) {
  const base = path`v3/workspaces/${workspace}/sessions/${name}`;
  const own = path`v1/workspaces/${workspace}/sessions/${name}`;
  const target = given.get("message");
  const [messages, summaries, members, queue] = await Promise.all([
    target ? around(base, own, target, signal) : turns(base, Number(given.get("page") ?? 1), signal),
    get(`${base}/summaries`, signal),
    get(`${base}/peers${query({ size: 100 })}`, signal),
    get(`${own}/queue`, signal),
  ]);
  const states = await get(`${own}/messages/states${query({ page: messages.page, size, reverse: true })}`, signal);
  const stateOf = new Map(states.items.map(state => [state.message_id, state]));
  const open = queue.units.pending + queue.units.in_progress;
  return h("div", {},
    heading(name, [`${members.items.length} members: `, members.items.map((peer, i) => [i > 0 && ", ", h("a", { href: within(workspace, ["peers", peer.id]) }, peer.id)])],
      open > 0 && button("Work out now", async () => { await post(`${own}/flush`); toast("What waits is worked out now"); setTimeout(again, 1500); }, { writes: true }),
      h("a", { class: "button writes", href: within(workspace, ["erase"], { kind: "session", session: name }) }, "Erase")),
    (summaries.short_summary || summaries.long_summary) && section("Summaries", h("div", { class: "columns" }, [["Short", summaries.short_summary], ["Long", summaries.long_summary]].filter(([, one]) => one)
      .map(([title, one]) => h("div", { class: "card" }, h("h3", {}, title), h("p", { class: "pre" }, one.content), h("p", { class: "meta" }, time(one.created_at), h("a", { href: within(workspace, ["sessions", name], { message: one.message_id }) }, "up to this message")))))),
    section("Messages",
      messages.total === 0
        ? empty("There are no messages.", "They were erased, or none was sent yet.")
        : [pager(messages, { newer: "Newer", older: "Older" }),
          h("ol", { class: "turns" }, messages.items.toReversed().map(message => turn(workspace, message, stateOf.get(message.id), message.id === target))),
          messages.pages > 1 && pager(messages, { newer: "Newer", older: "Older" })]));
}

const turns = (base, page, signal) => post(`${base}/messages/list${query({ page, size, reverse: true })}`, {}, signal);

/** The page with a message. Erased messages keep their sequence, so it may be a little further back than that says. */
async function around(base, own, id, signal) {
  const [{ total }, { sequence }] = await Promise.all([post(`${base}/messages/list${query({ size: 1 })}`, {}, signal), get(own + path`/messages/${id}/state`, signal)]);
  for (let number = Math.max(1, Math.floor((total - sequence) / size) + 1); ; number++) {
    const found = await turns(base, number, signal);
    if (number >= found.pages || found.items.some(message => message.id === id)) return found;
  }
}

const fates = {
  derived: ["worked out", "good"], pending: ["waits", "accent"], skipped: ["skipped", ""], failed: ["failed", "bad"],
};
const reasons = {
  queued: "for its turn", working: "it is being worked on", gathering: "for more messages", retrying: "for another attempt",
  empty: "it says nothing", reasoning_off: "reasoning is off here", not_observed: "nobody observes its author here", copied: "it is a copy of a message that was worked out",
};

function turn(workspace, message, state, isTarget) {
  const detail = h("div", { class: "detail", "aria-live": "polite" });
  const [fate, kind] = fates[state?.state] ?? ["", ""];
  const why = state?.detail ?? reasons[state?.reason];
  return h("li", { class: "turn", "data-target": isTarget, tabindex: isTarget ? -1 : undefined },
    h("p", { class: "meta" }, h("a", { class: "strong", href: within(workspace, ["peers", message.peer_id]) }, message.peer_id), time(message.created_at),
      state && (state.failed_step_id ? h("a", { class: "badge bad", href: within(workspace, ["queue"]), title: why }, `${fate}: ${why}`) : badge(why && state.state !== "derived" ? `${fate}: ${why}` : fate, kind))),
    h("p", { class: "pre" }, message.content),
    h("div", { class: "actions small" },
      state?.state === "derived" && button("Conclusions", toggle(detail, "conclusions", () => learnt(workspace, message.id)), { "aria-expanded": "false", label: "Conclusions from this message" }),
      h("a", { class: "button writes dangerous", href: within(workspace, ["erase"], { kind: "message", session: message.session_id, message: message.id }), "aria-label": "Erase this message" }, "Erase")),
    detail);
}

async function learnt(workspace, message) {
  const found = await get(path`v1/workspaces/${workspace}/conclusions` + query({ message, size: 50 }));
  return found.total === 0 ? h("p", { class: "meta" }, "It was read, and nothing was concluded from it.") : list(workspace, found.items, { pair: true });
}
