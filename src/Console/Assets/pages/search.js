import { path, post } from "../api.js";
import { quote } from "../conclusions.js";
import { h } from "../dom.js";
import { badge, empty, field, form, heading, plural } from "../parts.js";
import { change, go } from "../router.js";

export default async function page({ workspace, query: given, signal }) {
  const [text, peer, session] = ["query", "peer", "session"].map(name => given.get(name) ?? "");
  return h("div", {},
    heading("Search", "Messages by their words and by what they mean."),
    form([field("Words", "query", { value: text, required: true, type: "search" }), field("Of peer", "peer", { value: peer }), field("In session", "session", { value: session })], "Search", values => go(change(values)), { inline: true }),
    text ? found(await search(workspace, text, peer, session, signal), workspace) : empty("Nothing was asked for yet.", "Say what you look for; the peer and the session may stay empty."));
}

function search(workspace, text, peer, session, signal) {
  const filters = { ...(peer && { peer_id: peer }), ...(session && { session_id: session }) };
  return post(path`v3/workspaces/${workspace}/search`, { query: text, limit: 30, include_scores: true, ...(Object.keys(filters).length > 0 && { filters }) }, signal);
}

function found(messages, workspace) {
  if (messages.length === 0) return empty("Nothing fits.", "Try other words, or take peer and session away.");
  return h("section", { class: "section", "aria-label": "Found" }, h("p", { class: "count", role: "status" }, plural(messages.length, "message")),
    messages.map(message => quote(workspace, message, badge(`by ${message.matched_by.map(way => way === "vector" ? "meaning" : "words").join(" and ")}`, "accent"), h("span", { title: "Comparable within this answer only" }, `score ${message.score.toPrecision(3)}`))));
}
