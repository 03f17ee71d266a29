import { events, get, path, send } from "../api.js";
import { quote, sources } from "../conclusions.js";
import { append, h } from "../dom.js";
import { badge, date, field, form, heading } from "../parts.js";

/** Questions and their answers, each with what it rests on. They are kept as long as the page is. */
export default function page({ workspace, query: given, signal }) {
  const answers = h("div", { class: "section", role: "log", "aria-label": "Answers" });
  const ask = form([
    field("Question", "query", { required: true, rows: 2, wide: true, placeholder: "Where does alice live?" }),
    h("div", { class: "columns" },
      field("Ask the memory of peer", "peer", { value: given.get("peer") ?? "", hint: "The whole workspace when empty" }),
      field("About peer", "target", { value: given.get("target") ?? "", hint: "Itself when empty" }),
      field("Effort", "reasoning_level", { value: "low", options: ["minimal", "low", "medium", "high", "max"] })),
  ], "Ask", async ({ query, peer, target, reasoning_level }) => {
    const box = h("article", { class: "answer" });
    answers.prepend(box);
    ask.querySelector("textarea").value = "";
    await answer(workspace, { query, peer, target, reasoning_level }, box, signal);
  });
  return h("div", {}, heading("Ask", "The answer names what it rests on."), ask, answers);
}

async function answer(workspace, { query, peer, target, reasoning_level }, box, signal) {
  const text = h("p", { class: "pre", "aria-live": "polite" }, "…");
  append(box, [h("h2", {}, query), text]);
  try {
    const body = { query, reasoning_level, stream: true, include_evidence: true, ...(peer && target && { target }) };
    const stream = await send("POST", peer ? path`v3/workspaces/${workspace}/peers/${peer}/chat` : path`v3/workspaces/${workspace}/chat`, body, signal);
    let said = "";
    for await (const part of events(stream)) {
      if (part.delta?.content) text.textContent = said += part.delta.content;
      if (part.done) append(box, [grounds(workspace, part.evidence, stream)]);
    }
    if (!said) text.textContent = "There is no answer.";
  } catch (error) {
    if (signal.aborted) return;
    box.remove();
    throw error;
  }
}

function grounds(workspace, evidence, stream) {
  const { conclusions = [], messages = [], tool_calls: searches = [] } = evidence ?? {};
  return [
    h("p", { class: "meta" }, `by ${stream.headers.get("x-kith-reasoner")}`, stream.headers.get("x-kith-degraded") && badge("by words alone: the embedding model did not answer", "bad")),
    conclusions.length > 0 && [h("h3", {}, "Conclusions it rests on"), h("ul", { class: "cited" }, conclusions.map(one => h("li", {}, one.content, " ",
      h("span", { class: "meta" }, badge(one.level), date(one.created_at)), opening("Sources", () => sources(workspace, one.id)))))],
    messages.length > 0 && opening(`Messages it rests on (${messages.length})`, () => whole(workspace, messages)),
    conclusions.length + messages.length === 0 && h("p", { class: "meta" }, "It rests on nothing that is remembered."),
    searches.length > 0 && h("details", {}, h("summary", {}, `Searches that were made (${searches.length})`), h("ul", {}, searches.map(call => h("li", {}, h("code", {}, `${call.tool_name} ${JSON.stringify(call.tool_input)}`))))),
  ];
}

/** What is loaded when somebody wants to see it. */
function opening(title, load) {
  const details = h("details", {
    ontoggle: async () => {
      if (details.open && details.childElementCount === 1) append(details, [await load().catch(error => h("p", { class: "bad" }, error.message))]);
    },
  }, h("summary", {}, title));
  return details;
}

const whole = (workspace, messages) => Promise.all(messages.map(one => get(path`v3/workspaces/${workspace}/sessions/${one.session_id}/messages/${one.id}`)
  .then(message => quote(workspace, message), () => h("p", { class: "meta" }, "This message is gone.")))).then(all => h("div", {}, all));
