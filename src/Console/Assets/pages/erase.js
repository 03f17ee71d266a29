import { get, path, post, query } from "../api.js";
import { h } from "../dom.js";
import { badge, button, confirm, empty, field, form, heading, number, pageNumber, pager, plural, section, time, toast } from "../parts.js";
import { again, change, go } from "../router.js";

const kinds = {
  message: ["A message", ["session", "message"], "The message, every copy of it and what was concluded from it alone go; summaries are made anew."],
  session: ["A session", ["session"], "The session goes with all that was said, learnt and kept in it."],
  peer: ["A peer", ["peer"], "What the peer said goes everywhere, and what anybody knows of it and it of others. What others said of it stays: those are their messages."],
  conclusion: ["A conclusion", ["conclusion"], "It goes with what was worked out from it. The message that says so stays, and a rebuild may find it again."],
  workspace: ["The workspace", [], "Everything goes. The receipt stays."],
};

export default async function page({ workspace, query: given, signal }) {
  const receipts = await get(path`v1/workspaces/${workspace}/erasures` + query({ page: pageNumber(), size: 20 }), signal);
  if (receipts.items.some(one => one.state === "running")) setTimeout(() => !signal.aborted && !document.querySelector("dialog") && again(), 2000);
  const kind = kinds[given.get("kind")] ? given.get("kind") : "session";
  return h("div", {},
    heading("Erase", "It goes everywhere, and leaves a receipt that anybody can have proved."),
    h("div", { class: "writes" }, request(workspace, kind, given)),
    section("Receipts", receipts.total === 0 ? empty("Nothing was erased yet.") : [h("ol", { class: "timeline" }, receipts.items.map(one => h("li", {}, receipt(workspace, one)))), pager(receipts)]));
}

function request(workspace, kind, given) {
  const [, ids, what] = kinds[kind];
  const choice = field("What", "kind", { value: kind, options: Object.entries(kinds).map(([name, [title]]) => [name, title]) });
  choice.querySelector("select").addEventListener("change", event => go(change({ kind: event.target.value, page: null })));
  return form([choice, ids.map(id => field(id === "session" ? "Session" : `${id[0].toUpperCase()}${id.slice(1)}`, id, { value: given.get(id) ?? "", required: true })), h("p", { class: "meta wide" }, what)], "Erase", async values => {
    const word = values[ids.at(-1)] ?? workspace;
    if (!await confirm("Erase for good?", what, "Erase", word)) return;
    await post(path`v1/workspaces/${workspace}/erasures`, values);
    toast("The erasure runs; its receipt is below");
    go(change(Object.fromEntries(Object.keys(Object.fromEntries(given)).map(name => [name, null]))));
    again();
  }, { writes: true, kind: "danger", inline: true });
}

function receipt(workspace, one) {
  const detail = h("div", { class: "detail", "aria-live": "polite" });
  const subject = [one.peer, one.session, one.message, one.conclusion].filter(Boolean).join(", ") || workspace;
  const erased = counted(one.erased);
  return h("article", { class: "card" },
    h("p", {}, h("span", { class: "strong" }, `${kinds[one.kind][0]}: ${subject}`), " ", badge(one.state, { completed: "good", failed: "bad" }[one.state] ?? "accent")),
    h("p", { class: "meta" }, h("span", {}, "asked ", time(one.created_at)), one.finished_at && h("span", {}, "done ", time(one.finished_at)), h("span", {}, erased ? `taken away: ${erased}` : "nothing was there")),
    one.reason && h("p", { class: "bad" }, one.reason),
    one.copies.length > 0 && h("p", { class: "meta" }, `Copies that stay: ${one.copies.join(", ")}`),
    h("details", {}, h("summary", {}, "What Kith cannot erase"), h("ul", {}, one.beyond.map(({ what, until }) => h("li", {}, what, until && [", until ", time(until)])))),
    h("div", { class: "actions small" }, button("Prove", async () => {
      const proof = await get(path`v1/workspaces/${workspace}/erasures/${one.id}/proof`);
      detail.replaceChildren(h("p", {}, badge(proof.left === 0 ? "nothing is left" : `${plural(proof.left, "document")} left: ${counted(proof.remaining)}`, proof.left === 0 ? "good" : "bad"), " checked ", time(proof.checked_at), proof.in_use_again && ". The name was given to something new since."));
    }, { label: `Prove the erasure of ${subject}` })),
    detail);
}

const counted = counts => Object.entries(counts).filter(([, count]) => count > 0).map(([kind, count]) => `${number(count)} ${kind.replaceAll("_", " ")}`).join(", ");
