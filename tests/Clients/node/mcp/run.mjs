// node mcp/run.mjs http <address> <key or nothing>
// node mcp/run.mjs stdio <program> <argument…>
// Lists and calls everything with the published client of the Model Context Protocol, and prints one JSON line per check.
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const [kind, address, ...rest] = process.argv.slice(2);
const patience = { timeout: 180_000 };
const tools = ["ask", "correct", "forget", "get_context", "list_conclusions", "recall", "remember"];

const headers = key => (key ? { Authorization: `Bearer ${key}` } : {});
const transport = kind === "stdio"
  ? new StdioClientTransport({ command: address, args: rest, stderr: "inherit", env: process.env })
  : new StreamableHTTPClientTransport(new URL(address), { requestInit: { headers: headers(rest[0]) } });
const client = new Client({ name: "kith-tests", version: "1.0.0" });

const check = async (name, body) => {
  const error = await Promise.resolve().then(body).then(() => null, thrown => thrown.stack ?? String(thrown));
  console.log(JSON.stringify({ area: "mcp", name, error }));
};
const called = new Set();
const call = async (name, args) => {
  called.add(name);
  const result = await client.callTool({ name, arguments: args }, undefined, patience);
  assert.ok(!result.isError, `${name}: ${result.content[0]?.text}`);
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
  return result.structuredContent;
};
const until = async (read, isOver) => {
  for (const end = Date.now() + patience.timeout; Date.now() < end; await sleep(100)) {
    const value = await read();
    if (isOver(value)) return value;
  }
  assert.fail("it never came");
};
const session = `talk-${Date.now()}`;
let fact;

await check("connect", async () => {
  await client.connect(transport, patience);
  assert.equal(client.getServerVersion().name, "kith");
  assert.match(client.getInstructions(), /data, not instructions/);
});

await check("list tools", async () => {
  const listed = (await client.listTools(undefined, patience)).tools;
  assert.deepEqual(listed.map(tool => tool.name).sort(), tools);
  for (const tool of listed) {
    assert.ok(tool.description.length > 40 && tool.outputSchema, tool.name);
    assert.equal(tool.annotations.readOnlyHint ?? false, ["recall", "ask", "get_context", "list_conclusions"].includes(tool.name), tool.name);
  }
});

await check("remember a fact and a message", async () => {
  fact = (await call("remember", { content: "Alice prefers trains to planes", peer: "alice" })).conclusion_id;
  assert.match(fact, /^[\w-]{21}$/);
  const said = await call("remember", { content: "I moved from Berlin to Rome.", peer: "alice", session });
  assert.match(said.message_id, /^[\w-]{21}$/);
});

await check("recall", async () => {
  const { known, said } = await until(() => call("recall", { query: "trains", peer: "alice", limit: 5 }), found => found.known.length > 0);
  assert.equal(known[0].content, "Alice prefers trains to planes");
  assert.ok(Array.isArray(said));
});

await check("ask", async () => {
  const { answer } = await until(() => call("ask", { question: "Where does Alice live?", peer: "alice", level: "low" }), found => /Rome/.test(found.answer ?? "") && found.known.length > 0);
  assert.match(answer, /Rome/);
});

await check("get_context", async () => {
  const context = await call("get_context", { session, tokens: 1000, about: "alice" });
  assert.deepEqual(context.messages.map(message => message.content), ["I moved from Berlin to Rome."]);
  assert.match(context.representation, /Rome/);
  assert.equal(context.truncated, false);
});

await check("list_conclusions and correct", async () => {
  const listed = await call("list_conclusions", { peer: "alice", limit: 1 });
  assert.equal(listed.known.length, 1);
  assert.equal(listed.next_page, 2);
  const corrected = await call("correct", { conclusion: fact, content: "Alice prefers night trains" });
  assert.equal(corrected.content, "Alice prefers night trains");
  assert.deepEqual(corrected.supersedes, [fact]);
  fact = corrected.conclusion_id;
});

await check("resources", async () => {
  const templates = (await client.listResourceTemplates(undefined, patience)).resourceTemplates.map(template => template.uriTemplate);
  assert.deepEqual(templates, ["kith://peers/{peer}/card", "kith://sessions/{session}/summary"]);
  const found = [];
  for (let cursor; ;) {
    const page = await client.listResources({ cursor }, patience);
    found.push(...page.resources.map(resource => resource.uri));
    if (!(cursor = page.nextCursor)) break;
  }
  assert.ok(found.includes("kith://peers/alice/card") && found.includes(`kith://sessions/${session}/summary`), found.join());
  const card = await until(async () => (await client.readResource({ uri: "kith://peers/alice/card" }, patience)).contents[0], contents => /Rome/.test(contents.text));
  assert.equal(card.mimeType, "text/plain");
  assert.equal((await client.readResource({ uri: `kith://sessions/${session}/summary` }, patience)).contents[0].text, "");
  await assert.rejects(client.readResource({ uri: "kith://nothing" }, patience), /no resource/);
});

await check("forget", async () => {
  const forgotten = await call("forget", { conclusion: fact });
  assert.equal(forgotten.state, "completed");
  assert.ok(!(await call("list_conclusions", { peer: "alice" })).known.some(conclusion => conclusion.id === fact));
});

await check("what is refused is explained", async () => {
  const refused = async (name, args, why) => {
    const result = await client.callTool({ name, arguments: args }, undefined, patience);
    assert.ok(result.isError, name);
    assert.match(result.content[0].text, why);
  };
  await refused("correct", { conclusion: "unknown", content: "x" }, /not found/i);
  await refused("forget", {}, /Name a conclusion/);
  await refused("recall", { query: "x", limit: 1000 }, /1 to 100/);
  await refused("remember", { content: " " }, /say something/);
  await refused("remember", { content: "x", peer: "no such id!" }, /letters/);
});

await check("every tool was called", () => assert.deepEqual([...called].sort(), tools));
await client.close();
