import { get, path, post, query } from "../api.js";
import { list } from "../conclusions.js";
import { h } from "../dom.js";
import { date, duration, empty, heading, number, section, table, tile, tiles } from "../parts.js";
import { within } from "../router.js";

export default async function page({ workspace, signal }) {
  const [peers, sessions, learnt, queue] = await Promise.all([
    post(path`v3/workspaces/${workspace}/peers/list` + query({ size: 1 }), {}, signal),
    post(path`v3/workspaces/${workspace}/sessions/list` + query({ size: 6, reverse: true }), {}, signal),
    get(path`v1/workspaces/${workspace}/conclusions` + query({ size: 5, state: "current" }), signal),
    get(path`v1/workspaces/${workspace}/queue`, signal),
  ]);
  const { units } = queue;
  const open = units.pending + units.in_progress;
  return h("div", {},
    heading(workspace, "What this memory holds, and what is still being worked out."),
    tiles(
      tile(h("a", { href: within(workspace, ["peers"]) }, "Peers"), number(peers.total)),
      tile(h("a", { href: within(workspace, ["sessions"]) }, "Sessions"), number(sessions.total)),
      tile("Conclusions", number(learnt.total), "held for true now"),
      tile(h("a", { href: within(workspace, ["queue"]) }, "Waiting"), number(open), open > 0 ? `the oldest for ${duration(queue.oldest_pending_seconds)}` : "everything is worked out"),
      tile(h("a", { href: within(workspace, ["queue"]) }, "Failed steps"), number(queue.failed_steps), queue.failed_steps > 0 ? "look at them in the queue" : "none")),
    sessions.total === 0
      ? empty("Nothing has been said here yet.", h("a", { class: "button primary", href: within(workspace, ["import"]) }, "Import a conversation"), " or send one: ", h("code", {}, `POST /v3/workspaces/${workspace}/sessions/{session}/messages`))
      : [
        section("Learnt last", learnt.items.length > 0
          ? list(workspace, learnt.items, { pair: true })
          : empty(open > 0 ? "The messages are being worked out." : "Nothing was concluded yet.", open > 0 ? "Open this page again in a few seconds." : "Conclusions come of what people say about themselves, their plans and what they like.")),
        section("Sessions", table("Newest sessions", ["Session", "Since"], sessions.items.map(one => [h("a", { class: "strong", href: within(workspace, ["sessions", one.id]) }, one.id), date(one.created_at)])),
          h("p", {}, h("a", { href: within(workspace, ["sessions"]) }, "All sessions"))),
      ]);
}
