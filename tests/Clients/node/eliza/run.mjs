// node eliza/run.mjs <version> <address> <address with authentication> <key of workspace a> <key of workspace b>
// Runs the checks with one published version of @elizaos/api-client and prints one JSON line per check.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { samples } from "./samples.mjs";
import { check as checkType } from "./types.mjs";

const [version, address, guardedAddress, keyA, keyB] = process.argv.slice(2);
const sdk = await import(`eliza-${version}`);
const since = other => version.localeCompare(other, "en", { numeric: true }) >= 0;

const client = new sdk.ElizaClient({ baseUrl: address });
const { sessions } = client;
const called = new Set();
for (const name of Object.getOwnPropertyNames(Object.getPrototypeOf(sessions)).filter(name => name !== "constructor")) {
  const method = sessions[name];
  sessions[name] = async (...args) => {
    called.add(name);
    const value = await method.apply(sessions, args);
    checkType(name, value);
    return value;
  };
}

const check = async (name, body) => {
  const error = await Promise.resolve().then(body).then(() => null, thrown => thrown.stack ?? String(thrown));
  console.log(JSON.stringify({ area: "sessions", name, error }));
};
const rejects = (promise, status, code, message = /./) => assert.rejects(promise, error =>
  error instanceof sdk.ApiError && error.status === status && error.code === code && message.test(error.message) || assert.fail(`${error.status} ${error.code} ${error.message}`));
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const put = async (agent, body) => assert.ok((await fetch(`${address}/v1/workspaces/eliza/agents/${agent}`, {
  method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })).ok);

const agentId = randomUUID();
const userId = randomUUID();
const open = (params = {}) => sessions.createSession({ agentId, userId, ...params });

await check("health", async () => {
  const health = await sessions.checkHealth();
  assert.equal(health.status, "healthy");
  assert.equal(typeof health.activeSessions, "number");
  assert.match(health.timestamp, iso);
});

await check("create", async () => {
  const session = await open({ metadata: { platform: "web", username: "john_doe" }, timeoutConfig: { timeoutMinutes: 60 } });
  assert.match(session.sessionId, uuid);
  assert.deepEqual([session.agentId, session.userId, session.metadata], [agentId, userId, { platform: "web", username: "john_doe" }]);
  assert.match(session.createdAt, iso);
  assert.equal(session.timeoutConfig.timeoutMinutes, 60);
});

await check("get", async () => {
  const { sessionId } = await open();
  const session = await sessions.getSession(sessionId);
  assert.deepEqual([session.sessionId, session.agentId, session.userId, session.metadata], [sessionId, agentId, userId, {}]);
  assert.match(session.lastActivity, iso);
});

await check("send returns what every generation of the client expects", async () => {
  const { sessionId } = await open();
  const sent = await sessions.sendMessage(sessionId, { content: "Hello", metadata: { n: 1 } });
  assert.equal(sent.success, true);
  assert.match(sent.id, uuid);
  assert.deepEqual([sent.content, sent.authorId, sent.metadata.n], ["Hello", userId, 1]);
  assert.deepEqual([sent.userMessage.id, sent.userMessage.authorId], [sent.id, userId]);
  assert.match(sent.sessionStatus.expiresAt, iso);
  assert.equal(sent.agentResponse, undefined);
});

if (since("1.7.0")) {
  await check("sendMessageSync brings the agent's answer, where there is one", async () => {
    const silent = await open();
    assert.equal((await sessions.sendMessageSync(silent.sessionId, { content: "Hello" })).agentResponse, undefined);
    const memory = randomUUID();
    await put(memory, { name: "Memory", reasoner: true });
    const { sessionId } = await sessions.createSession({ agentId: memory, userId });
    await sessions.sendMessageSync(sessionId, { content: "I live in Lisbon." });
    const sent = await sessions.sendMessageSync(sessionId, { content: "Where do I live?" });
    assert.match(sent.agentResponse.text, /Lisbon/);
    const { messages } = await sessions.getMessages(sessionId);
    assert.deepEqual(messages.map(message => message.isAgent), [true, false, true, false]);
    assert.equal(messages[0].content, sent.agentResponse.text);
  });
}

await check("what the agent answers comes back with its thought, its actions and its attachments", async () => {
  const reply = { text: "Look at this", thought: "A picture says more", actions: ["REPLY"], attachments: [{ type: "image", url: "https://example.com/reply.jpg" }] };
  const server = createServer((request, response) => request.resume().on("end", () => response.end(JSON.stringify(reply)))).listen(0, "127.0.0.1");
  await new Promise(resolve => server.on("listening", resolve));
  const answering = randomUUID();
  await put(answering, { name: "Picture", responder_url: `http://127.0.0.1:${server.address().port}/` });
  const { sessionId } = await sessions.createSession({ agentId: answering, userId });
  const sent = await sessions.sendMessage(sessionId, { content: "Show me", attachments: [{ type: "image", url: "https://example.com/image.jpg", name: "screenshot.jpg" }], transport: "http" });
  assert.deepEqual(sent.agentResponse, reply);
  const { messages: [answer, question] } = await sessions.getMessages(sessionId);
  assert.deepEqual([answer.isAgent, answer.authorId, answer.content, answer.metadata.thought, answer.metadata.actions], [true, answering, reply.text, reply.thought, reply.actions]);
  assert.deepEqual([answer.metadata.attachments, question.metadata.attachments[0].name], [reply.attachments, "screenshot.jpg"]);
  server.close();
});

await check("a stream is for other readers: the client knows that it went well, and the history has both", async () => {
  const memory = randomUUID();
  await put(memory, { name: "Memory", reasoner: true });
  const { sessionId } = await sessions.createSession({ agentId: memory, userId });
  assert.deepEqual(await Object.getPrototypeOf(sessions).sendMessage.call(sessions, sessionId, { content: "I play chess.", transport: "sse" }), { success: true });
  const { messages } = await sessions.getMessages(sessionId);
  assert.deepEqual(messages.map(message => message.isAgent), [true, false]);
  const stream = await (await fetch(`${address}/api/messaging/sessions/${sessionId}/messages`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ content: "What do I play?", mode: "stream" }) })).text();
  const events = stream.trim().split("\n\n").map(event => event.match(/^event: (.*)\ndata: (.*)$/)).map(([, name, data]) => [name, JSON.parse(data)]);
  assert.deepEqual([...new Set(events.map(([name]) => name))], ["user_message", "chunk", "done"]);
  assert.match(events.at(-1)[1].text, /chess/);
  assert.equal(events.filter(([name]) => name === "chunk").map(([, { chunk }]) => chunk).join(""), events.at(-1)[1].text);
});

await check("history pages by the documented loop", async () => {
  const { sessionId } = await open();
  await Promise.all(Array.from({ length: 25 }, (_, i) => sessions.sendMessage(sessionId, { content: `${i}` })));
  let hasMore = true, before;
  const all = [];
  while (hasMore) {
    const response = await sessions.getMessages(sessionId, { limit: 4, before });
    all.push(...response.messages);
    hasMore = response.hasMore;
    if (response.messages.length > 0) before = response.messages[response.messages.length - 1].createdAt;
  }
  assert.equal(all.length, 25);
  assert.equal(new Set(all.map(message => message.content)).size, 25);
  assert.deepEqual(all.map(message => message.createdAt), all.map(message => message.createdAt).toSorted().reverse());
  const middle = new Date(all[10].createdAt);
  assert.equal((await sessions.getMessages(sessionId, { before: middle })).messages.length, 14);
  assert.equal((await sessions.getMessages(sessionId, { after: middle.getTime() })).messages.length, 10);
  assert.deepEqual(Object.keys(all[0]), ["id", "content", "authorId", "isAgent", "createdAt", "metadata"]);
});

await check("attachments come back", async () => {
  const { sessionId } = await open();
  await sessions.sendMessage(sessionId, { content: "look", attachments: [{ type: "image", url: "https://example.com/image.jpg" }] });
  assert.deepEqual((await sessions.getMessages(sessionId)).messages[0].metadata.attachments, [{ type: "image", url: "https://example.com/image.jpg" }]);
});

await check("list and delete", async () => {
  const { sessionId } = await open();
  const before = await sessions.listSessions();
  assert.equal(before.total, before.sessions.length);
  assert.ok(before.sessions.some(session => session.sessionId === sessionId));
  assert.deepEqual(await sessions.deleteSession(sessionId), { success: true });
  assert.ok(!(await sessions.listSessions()).sessions.some(session => session.sessionId === sessionId));
  await rejects(sessions.deleteSession(sessionId), 404, "SESSION_NOT_FOUND");
});

await check("refusals carry code and message", async () => {
  await rejects(sessions.getSession(randomUUID()), 404, "SESSION_NOT_FOUND", /not found/);
  await rejects(sessions.getSession("not-a-uuid"), 404, "SESSION_NOT_FOUND");
  await rejects(sessions.createSession({ agentId: "invalid-uuid", userId }), 400, "VALIDATION_ERROR", /agentId/);
  await rejects(sessions.createSession({ userId }), 400, "VALIDATION_ERROR", /Missing required fields: agentId/);
  await rejects(open({ metadata: { a: "x".repeat(10_241) } }), 400, "VALIDATION_ERROR", /10240/);
  const { sessionId } = await open();
  await rejects(sessions.sendMessage(sessionId, { content: "x".repeat(4_001) }), 400, "VALIDATION_ERROR", /4000/);
  await rejects(sessions.sendMessage(sessionId, { content: "x", transport: "pigeon" }), 400, "VALIDATION_ERROR", /Invalid transport/);
  await assert.rejects(sessions.getMessages(" "), /sessionId/);
  await assert.rejects(sessions.sendMessage(sessionId, { content: "  " }), /content/);
});

await check("keys open their own workspace only", async () => {
  const guarded = apiKey => new sdk.ElizaClient({ baseUrl: guardedAddress, apiKey }).sessions;
  await rejects(guarded(undefined).checkHealth(), 401, "UNAUTHORIZED");
  await rejects(guarded("nonsense").listSessions(), 401, "UNAUTHORIZED");
  const { sessionId } = await guarded(keyA).createSession({ agentId, userId });
  assert.equal((await guarded(keyA).getSession(sessionId)).sessionId, sessionId);
  await rejects(guarded(keyB).getSession(sessionId), 404, "SESSION_NOT_FOUND");
  assert.equal((await guarded(keyB).listSessions()).total, 0);
});

await check("a reply in the background is found by polling", async () => {
  const memory = randomUUID();
  await put(memory, { name: "Memory", reasoner: true });
  const { agents } = await client.agents.listAgents();
  assert.ok(agents.some(agent => agent.id === memory && agent.name === "Memory"));
  const { sessionId } = await sessions.createSession({ agentId: memory, userId });
  await sessions.sendMessage(sessionId, { content: "I play the cello." });
  for (const deadline = Date.now() + 180_000; Date.now() < deadline; await sleep(50)) {
    const { messages } = await sessions.getMessages(sessionId);
    if (messages.length === 2) return assert.deepEqual([messages[0].isAgent, messages[0].authorId], [true, memory]);
  }
  assert.fail("no reply within 3 minutes");
});

await check("the samples of the documentation run as written", () => samples({ sdk, baseUrl: address, agentId, userId }));

await check("every method of client.sessions was called", () => {
  const all = Object.getOwnPropertyNames(Object.getPrototypeOf(sessions)).filter(name => name !== "constructor");
  assert.deepEqual(all.filter(name => !called.has(name)), []);
});
