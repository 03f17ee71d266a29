// A conclusion: what it says, since when, why, and what a person can do about it.
import { del, get, patch, path, post } from "./api.js";
import { h } from "./dom.js";
import { badge, button, confirm, date, field, form, plural, time, toast } from "./parts.js";
import { within } from "./router.js";

const levels = {
  explicit: "Said in messages, or written by a person",
  deductive: "Follows from other conclusions",
  inductive: "A pattern over several conclusions",
  contradiction: "Two conclusions that deny each other",
};
const origins = { stated: "Somebody said so", inferred: "Worked out by the reasoner", human: "Written by a person; background work leaves it as it is" };

export const list = (workspace, conclusions, options) => h("ol", { class: "timeline" }, conclusions.map(one => h("li", {}, card(workspace, one, options))));

/** @param pair Whether to say who knows it about whom. */
export function card(workspace, conclusion, { pair = false } = {}) {
  const element = h("article", {});
  draw(conclusion);
  return element;

  function draw(now) {
    const state = now.retracted_at ? "retracted" : now.valid_to ? "ended" : "current";
    const detail = h("div", { class: "detail", "aria-live": "polite" });
    element.className = `conclusion ${state}`;
    element.dataset.id = now.id;
    element.replaceChildren(...[
      h("p", { class: "content" }, now.content),
      h("p", { class: "meta" },
        now.pinned && badge("pinned", "accent", "Background work leaves it as it is"), badge(now.level, "", levels[now.level]), badge(now.origin, now.origin === "human" ? "accent" : "", origins[now.origin]),
        state !== "current" && badge(state, "bad"), validity(now), now.times_derived > 1 && h("span", {}, `said ${now.times_derived} times`),
        now.evidence_count && h("span", {}, `${plural(now.evidence_count, "source")}, ${now.confidence} confidence`), pair && knows(now), spoken(now)),
      h("div", { class: "actions small" }, actions(now, state, detail)),
      detail,
    ]);
  }

  function knows({ observer_id: observer, observed_id: observed }) {
    const link = h("a", { href: within(workspace, ["peers", observed], { observer }) }, observed);
    return observer === observed ? h("span", {}, "about ", link) : h("span", {}, `${observer} about `, link);
  }

  function spoken({ session_id: session, message_ids: messages }) {
    return session && messages.length > 0 && h("a", { href: within(workspace, ["sessions", session], { message: messages.at(-1) }) }, `said in ${session}`);
  }

  function actions(now, state, detail) {
    const rests = now.message_ids.length + (now.source_ids?.length ?? 0);
    const open = show => async () => { detail.replaceChildren(await show()); };
    const all = [
      rests > 0 && button(`Sources (${rests})`, toggle(detail, "sources", () => sources(workspace, now.id)), { "aria-expanded": "false" }),
      button("History", toggle(detail, "history", () => history(now)), { "aria-expanded": "false" }),
    ];
    if (state !== "retracted") {
      if (state === "current") all.push(button("Correct", open(() => correction(now, detail)), { writes: true }));
      all.push(button(now.pinned ? "Unpin" : "Pin", () => change({ pinned: !now.pinned }, now.pinned ? "Unpinned" : "Pinned"), { writes: true }), button("Retract", () => retract(now), { writes: true }));
    }
    return [...all, button("Erase", () => erase(now), { kind: "dangerous", writes: true })];
  }

  async function change(values, said) {
    draw(await patch(path`v1/workspaces/${workspace}/conclusions/${element.dataset.id}`, values));
    toast(said);
  }

  function correction(now, detail) {
    const edit = form([field("What is true instead", "content", { value: now.content, rows: 2, required: true, wide: true })], "Save correction",
      ({ content }) => change({ content }, "Corrected. Background work leaves it as it is."));
    edit.querySelector(".end").append(button("Cancel", () => detail.replaceChildren()));
    setTimeout(() => edit.querySelector("textarea").select());
    return edit;
  }

  async function retract(now) {
    if (!await confirm("Retract this conclusion?", `“${now.content}” is no longer held, and the same messages do not bring it back. Its history stays.`, "Retract")) return;
    draw(await post(path`v1/workspaces/${workspace}/conclusions/${now.id}/retract`));
    toast("Retracted");
  }

  async function erase(now) {
    if (!await confirm("Erase this conclusion?", `“${now.content}” goes from every store, with what was worked out from it. The messages that say so stay: a rebuild may find it again.`, "Erase")) return;
    await del(path`v3/workspaces/${workspace}/conclusions/${now.id}`);
    element.replaceChildren(h("p", { class: "meta" }, "Erased. ", h("a", { href: within(workspace, ["erase"]) }, "See the receipt")));
  }

  async function history({ id }) {
    const all = await get(path`v1/workspaces/${workspace}/conclusions/${id}/history`);
    return h("ol", { class: "history" }, all.map(one => h("li", { "aria-current": one.id === id ? "true" : undefined },
      h("span", {}, one.content), " ", h("span", { class: "meta" }, badge(one.origin), validity(one), h("span", {}, "recorded ", time(one.recorded_at)), one.retracted_at && h("span", {}, "retracted ", time(one.retracted_at))))));
  }
}

const validity = ({ valid_from: from, valid_to: to }) => h("span", {}, to ? [date(from), " to ", date(to)] : ["since ", date(from)]);

/** Opens what a button shows below a conclusion, or closes it. */
export function toggle(detail, what, load) {
  return async () => {
    const buttons = detail.parentElement.querySelectorAll("[aria-expanded]");
    const isOpen = detail.dataset.shows === what && detail.childElementCount > 0;
    for (const one of buttons) one.setAttribute("aria-expanded", "false");
    detail.dataset.shows = what;
    if (isOpen) return detail.replaceChildren();
    detail.replaceChildren(await load());
    [...buttons].find(one => one.textContent.toLowerCase().startsWith(what))?.setAttribute("aria-expanded", "true");
  };
}

/** The messages and conclusions that a conclusion rests on. */
export async function sources(workspace, id) {
  const { messages, conclusions } = await get(path`v1/workspaces/${workspace}/conclusions/${id}/sources`);
  return h("div", { class: "sources" },
    messages.map(message => quote(workspace, message)),
    conclusions.length > 0 && [h("p", { class: "meta" }, "Follows from"), h("ul", {}, conclusions.map(one => h("li", {}, one.content)))],
    messages.length + conclusions.length === 0 && h("p", { class: "meta" }, "Its messages are gone: they expired or were kept by nobody."));
}

/** A message as a source, with the way to its place in the conversation. */
export function quote(workspace, message, ...more) {
  return h("figure", { class: "quote" },
    h("blockquote", {}, message.snippet ?? message.content),
    h("figcaption", { class: "meta" }, h("strong", {}, message.peer_id), time(message.created_at),
      h("a", { href: within(workspace, ["sessions", message.session_id], { message: message.id }) }, `Open in ${message.session_id}`), more));
}
