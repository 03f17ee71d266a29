import { get, path, post, query, send } from "../api.js";
import { h } from "../dom.js";
import { badge, button, empty, field, form, heading, number, plural, section, table, time, toast } from "../parts.js";
import { again, go, within } from "../router.js";

const example = `alice: I moved from Berlin to Rome in May 2023.
bob: How do you like it there?
alice: I love hiking in the hills, and my dog is called Bruno.
alice: My sister visits me every summer.`;

const mostMessages = 100;

export default async function page({ workspace, signal }) {
  const imports = await get(path`v1/workspaces/${workspace}/imports` + query({ size: 10 }), signal);
  if (imports.items.some(one => one.state === "running")) setTimeout(() => !signal.aborted && again(), 2000);
  return h("div", {},
    heading("Import and export", "What was said elsewhere comes in; everything here can go out."),
    h("div", { class: "columns writes" },
      section("Paste a conversation", pasted(workspace)),
      section("Import a file", file(workspace))),
    section("Imports", imports.total === 0
      ? empty("Nothing was imported from a file yet.")
      : table("Imports", ["Begun", "From", "State", "Imported", "There already", "Refused"], imports.items.map(one => [
        time(one.created_at), one.format, badge(one.state === "running" ? `${number(one.progress.lines_done)} of ${number(one.progress.lines_total)}` : one.state, one.state === "failed" ? "bad" : one.state === "completed" ? "good" : "accent", one.reason),
        number(one.imported), number(one.skipped), one.refused === 0 ? "0" : h("details", {}, h("summary", {}, number(one.refused)), h("ul", {}, one.refusals.map(refusal => h("li", {}, `Line ${refusal.line}: ${refusal.reason}`))))]))),
    section("Export", h("p", {}, "Everything of the workspace, or of one peer, as lines of JSON. Another Kith takes it in as it is."),
      form([field("Only of peer (all when empty)", "peer")], "Download", ({ peer }) => download(workspace, peer), { inline: true })));
}

function pasted(workspace) {
  const text = field("Conversation", "text", { rows: 7, required: true, wide: true, placeholder: "alice: Hello!", hint: "One line for each message: who, a colon, what. A line without a name goes on with the message before." });
  return h("div", {}, form([field("Session", "session", { value: "chat-1", required: true, pattern: "[\\w\\-]+" }), text], "Import conversation", async values => {
    const messages = parse(values.text);
    if (messages.length === 0) throw new Error("No line begins with a name and a colon, as in “alice: Hello!”.");
    for (let i = 0; i < messages.length; i += mostMessages)
      await post(path`v3/workspaces/${workspace}/sessions/${values.session}/messages`, { messages: messages.slice(i, i + mostMessages) });
    await post(path`v1/workspaces/${workspace}/sessions/${values.session}/flush`);
    toast(`${plural(messages.length, "message")} imported; conclusions follow`);
    await get(path`v1/workspaces/${workspace}/queue/idle` + query({ timeout: 8 }));
    go(within(workspace));
  }, { writes: true }), h("div", { class: "actions small" }, button("Fill in an example", () => { text.querySelector("textarea").value = example; })));
}

/** Lines of “name: words”; the names of peers have no blanks. */
function parse(text) {
  const messages = [];
  for (const line of text.split("\n").map(one => one.trim()).filter(Boolean)) {
    const [, name, words] = /^([^:\n]{1,60}?)\s*:\s+(.+)$/.exec(line) ?? [];
    if (name) messages.push({ peer_id: name.trim().replace(/[^\w-]+/g, "-"), content: words });
    else if (messages.length > 0) messages.at(-1).content += `\n${line}`;
  }
  return messages;
}

function file(workspace) {
  const input = field("File", "file", { type: "file", required: true, wide: true });
  return form([
    field("Made by", "format", { options: [["chatgpt", "ChatGPT (conversations.json)"], ["kith", "Kith (an export)"], ["mem0", "mem0 (memories)"]] }),
    field("You are", "user", { value: "user", hint: "The peer of your own words, in ChatGPT's and mem0's files" }), input,
  ], "Import file", async ({ format, user }) => {
    const [chosen] = input.querySelector("input").files;
    await post(path`v1/workspaces/${workspace}/imports` + query({ format, user: format === "kith" ? null : user }), chosen);
    toast("The import runs");
    again();
  }, { writes: true });
}

async function download(workspace, peer) {
  const answer = await send("GET", path`v1/workspaces/${workspace}/export` + query({ peer }));
  const address = URL.createObjectURL(await answer.blob());
  const link = h("a", { href: address, download: `${workspace}${peer ? `-${peer}` : ""}.jsonl` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
