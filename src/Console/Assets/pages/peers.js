import { path, post, query } from "../api.js";
import { h } from "../dom.js";
import { date, empty, field, form, heading, pageNumber, pager, table } from "../parts.js";
import { change, go, within } from "../router.js";

export default async function page({ workspace, query: given, signal }) {
  const name = given.get("name") ?? "";
  const filters = name ? { filters: { id: { icontains: name } } } : {};
  const peers = await post(path`v3/workspaces/${workspace}/peers/list` + query({ page: pageNumber(), size: 50, reverse: true }), filters, signal);
  return h("div", {},
    heading("Peers", "Everybody who speaks, or is spoken of: people, agents, channels."),
    form([field("Name contains", "name", { value: name })], "Filter", values => go(change({ ...values, page: null })), { inline: true, kind: "" }),
    peers.total === 0
      ? empty(name ? `No peer has “${name}” in its name.` : "There are no peers yet.", name ? "Try less of it." : [h("a", { href: within(workspace, ["import"]) }, "Import a conversation"), ": whoever speaks in it becomes a peer."])
      : [table("Peers", ["Name", "Since"], peers.items.map(one => [h("a", { class: "strong", href: within(workspace, ["peers", one.id]) }, one.id), date(one.created_at)])), pager(peers)]);
}
