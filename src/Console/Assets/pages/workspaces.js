import { ApiError, hasKey, path, post, query } from "../api.js";
import { h } from "../dom.js";
import { date, empty, field, form, heading, pageNumber, pager, section, table } from "../parts.js";
import { go, within } from "../router.js";

const size = 50;

export default async function page({ signal }) {
  const create = form([field("Name", "id", { required: true, pattern: "[\\w\\-]+", title: "Letters, digits, - and _" })], "Create", async ({ id }) => {
    await post("v3/workspaces", { id });
    go(within(id, ["import"]));
  }, { writes: true, inline: true });
  const found = await list(signal);
  if (found === null) {
    return h("div", {}, heading("Workspaces", "This key opens one workspace and does not list them."),
      h("div", { class: "card narrow" }, form([field("Workspace", "id", { required: true })], "Open", ({ id }) => go(within(id)))));
  }
  return h("div", {},
    heading("Workspaces", "Each is a memory of its own."),
    found.total === 0
      ? empty("There is no workspace yet.", "Create one here; its first conversation can be pasted or imported right after. Or point a client at this server: the first message makes its workspace.")
      : [table("Workspaces", ["Name", "Since"], found.items.map(one => [h("a", { class: "strong", href: within(one.id) }, one.id), date(one.created_at)])), pager(found)],
    section("New workspace", create));
}

/** Null where the key may not see all of them. */
async function list(signal) {
  try {
    return await post(`v3/workspaces/list${query({ page: pageNumber(), size, reverse: true })}`, {}, signal);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && hasKey()) return null;
    throw error;
  }
}
