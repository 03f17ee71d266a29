import { del, get, path, post, query } from "../api.js";
import { fresh, h } from "../dom.js";
import { badge, button, check, confirm, date, empty, field, form, heading, pageNumber, pager, section, table, time, toast } from "../parts.js";
import { again } from "../router.js";

export default async function page({ workspace, signal }) {
  const keys = await get(path`v1/workspaces/${workspace}/keys` + query({ page: pageNumber(), size: 50 }), signal);
  return h("div", {},
    heading("Keys", "What opens this workspace, or one peer or session of it."),
    keys.total === 0
      ? empty("There are no keys of this workspace.", "Make one below for each application. Where the server asks for no keys, they are only kept for when it does.")
      : [table("Keys", ["Name", "Opens", "State", "Made", "Last used", "Ends", ""], keys.items.map(key => [
        h("span", { class: "strong" }, key.name), [key.peer ? `peer ${key.peer}` : key.session ? `session ${key.session}` : "the workspace", key.read_only && ", only reading"], badge(key.state, key.state === "active" ? "good" : "bad"),
        date(key.created_at), key.last_used_at ? time(key.last_used_at) : "never", key.expires_at ? date(key.expires_at) : "never", key.state === "active" && actions(workspace, key)])), pager(keys)],
    section("New key", h("div", { class: "writes" }, create(workspace))));
}

function actions(workspace, key) {
  return h("div", { class: "actions small" },
    key.kind === "secret" && button("Rotate", async () => {
      if (!await confirm(`Rotate ${key.name}?`, "It gets another secret. The one it has works for 24 hours more.", "Rotate")) return;
      await show(await post(path`v1/workspaces/${workspace}/keys/${key.id}/rotate`, {}));
    }, { writes: true, label: `Rotate ${key.name}` }),
    button("Revoke", async () => {
      if (!await confirm(`Revoke ${key.name}?`, "Whoever uses it is refused from now on. This cannot be undone.", "Revoke")) return;
      await del(path`v1/workspaces/${workspace}/keys/${key.id}`);
      toast("Revoked");
      again();
    }, { writes: true, kind: "dangerous", label: `Revoke ${key.name}` }));
}

function create(workspace) {
  return form([
    h("div", { class: "columns" },
      field("Name", "name", { required: true, maxlength: 100, placeholder: "who uses it" }),
      field("Opens", "opens", { options: [["workspace", "The workspace"], ["peer", "One peer"], ["session", "One session"]] }),
      field("Peer or session", "of", { hint: "Empty for the workspace" }),
      field("Ends", "expires", { type: "date", hint: "Never when empty" })),
    check("Only reads", "read_only"),
  ], "Make key", async values => {
    if (values.opens !== "workspace" && !values.of) throw new Error(`Which ${values.opens}? Give its name.`);
    await show(await post(path`v1/workspaces/${workspace}/keys`, {
      name: values.name, read_only: values.read_only === "yes",
      ...(values.opens !== "workspace" && { [values.opens]: values.of }), ...(values.expires && { expires_at: `${values.expires}T23:59:59Z` }),
    }));
  });
}

/** The only time that the secret is seen. */
function show({ token, key }) {
  return new Promise(resolve => {
    const id = fresh("dialog");
    const dialog = h("dialog", { "aria-labelledby": id, onclose: () => { dialog.remove(); again(); resolve(); } },
      h("h2", { id }, `The secret of ${key.name}`),
      h("p", {}, "Copy it now: it is not stored and not shown again."),
      h("code", { class: "secret", tabindex: 0 }, token),
      h("div", { class: "actions" }, button("Copy", async () => { await navigator.clipboard.writeText(token); toast("Copied"); }), button("Done", () => dialog.close(), { kind: "primary" })));
    document.body.append(dialog);
    dialog.showModal();
  });
}
