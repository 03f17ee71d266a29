import { path, post, query } from "../api.js";
import { h } from "../dom.js";
import { badge, date, empty, field, form, heading, pageNumber, pager, table } from "../parts.js";
import { change, go, within } from "../router.js";

export default async function page({ workspace, query: given, signal }) {
  const name = given.get("name") ?? "";
  const filters = name ? { filters: { id: { icontains: name } } } : {};
  const sessions = await post(path`v3/workspaces/${workspace}/sessions/list` + query({ page: pageNumber(), size: 50, reverse: true }), filters, signal);
  return h("div", {},
    heading("Sessions", "Conversations, the newest first.", h("a", { class: "button primary writes", href: within(workspace, ["import"]) }, "Import")),
    form([field("Name contains", "name", { value: name })], "Filter", values => go(change({ ...values, page: null })), { inline: true, kind: "" }),
    sessions.total === 0
      ? empty(name ? `No session has “${name}” in its name.` : "There are no sessions yet.", name ? "Try less of it." : "Import a conversation, or send messages to one: it is made by its first message.")
      : [table("Sessions", ["Session", "Title", "Since"], sessions.items.map(one => [
        h("a", { class: "strong", href: within(workspace, ["sessions", one.id]) }, one.id), one.metadata?.title ?? "–", h("span", {}, date(one.created_at), " ", !one.is_active && badge("inactive"))])), pager(sessions)]);
}
