import assert from "node:assert/strict";

export default async function context(t) {
  const honcho = t.client();
  const mia = await honcho.peer("mia");
  const bot = await honcho.peer("bot", { configuration: { observeMe: false } });
  const session = await honcho.session("chat", { metadata: {} });
  const turns = Array.from({ length: 25 }, (_, n) => n % 2 === 0
    ? mia.message(`Day ${n}: I visited the harbour of town number ${n} and bought a map there.`)
    : bot.message(`Noted, the map of day ${n - 1} is in your collection.`));
  const stored = await session.addMessages(turns);
  await mia.setCard(["Name: Mia"]);
  await t.idle(honcho);

  await t.check("summaries: the short one covers the first twenty messages", async () => {
    const summaries = await session.summaries();
    assert.equal(summaries.id, "chat");
    assert.equal(summaries.sessionId, "chat");
    assert.equal(summaries.longSummary, null);
    const summary = summaries.shortSummary;
    assert.equal(summary.summaryType, "honcho_chat_summary_short");
    assert.equal(summary.messageId, stored[19].id);
    assert.match(summary.content, /harbour|map/);
    assert.ok(summary.tokenCount > 0);
    assert.ok(Math.abs(Date.parse(summary.createdAt) - Date.now()) < 60_000);
  });

  await t.check("summaries: short and long by the session's configuration; none for a new session", async () => {
    const brisk = await honcho.session("brisk", { metadata: {}, configuration: { summary: { enabled: true, messagesPerShortSummary: 10, messagesPerLongSummary: 20 } } });
    const written = await brisk.addMessages(turns);
    await t.idle(honcho);
    const summaries = await brisk.summaries();
    assert.equal(summaries.shortSummary.messageId, written[19].id);
    assert.equal(summaries.longSummary.messageId, written[19].id);
    assert.equal(summaries.longSummary.summaryType, "honcho_chat_summary_long");
    const none = await (await honcho.session("silent", { metadata: {} })).summaries();
    assert.deepEqual([none.shortSummary, none.longSummary], [null, null]);
  });

  await t.check("context: the summary and the messages from the summarised one on", async () => {
    const whole = await session.context();
    assert.equal(whole.sessionId, "chat");
    assert.deepEqual(whole.messages.map(message => message.id), stored.slice(19).map(message => message.id));
    assert.equal(whole.summary.messageId, stored[19].id);
    assert.equal(whole.length, whole.messages.length + 1);
    assert.deepEqual([whole.peerRepresentation, whole.peerCard], [null, null]);
    assert.equal(String(whole), "SessionContext(messages=6, summary=present)");
  });

  await t.check("context: without a summary all messages, within the budget the newest", async () => {
    const plain = await session.context({ summary: false });
    assert.equal(plain.summary, null);
    assert.deepEqual(plain.messages.map(message => message.id), stored.map(message => message.id));
    const tight = await session.context({ summary: false, tokens: 60 });
    const newest = stored.slice(-tight.messages.length);
    assert.ok(tight.messages.length > 0);
    assert.deepEqual(tight.messages.map(message => message.id), newest.map(message => message.id));
    const cost = tight.messages.reduce((sum, message) => sum + message.tokenCount, 0);
    assert.ok(cost <= 60 && cost + stored.at(-newest.length - 1).tokenCount > 60, `cost ${cost}`);
  });

  await t.check("context: representation and card of a peer", async () => {
    const target = await session.context({ peerTarget: mia });
    assert.match(target.peerRepresentation, /mia visited the harbour/);
    assert.deepEqual(target.peerCard, ["Name: Mia"]);
    const limited = await session.context({ peerTarget: "mia", limitToSession: true });
    assert.match(limited.peerRepresentation, /mia visited the harbour/);
    assert.equal(limited.peerCard, null);
    const stranger = await session.context({ peerTarget: "mia", peerPerspective: "bot" });
    assert.equal(stranger.peerRepresentation, "");
    const narrow = await session.context({ peerTarget: "mia", representationOptions: { searchQuery: "town number 8", searchTopK: 1, maxConclusions: 1 } });
    assert.equal(narrow.peerRepresentation.match(/mia visited/g).length, 1);
    await assert.rejects(session.context({ peerTarget: "nobody" }), t.sdk.NotFoundError);
  });

  await t.check("toOpenAI and toAnthropic give the roles, the summary, the card and the representation", async () => {
    const whole = await session.context({ peerTarget: "mia" });
    const openai = whole.toOpenAI(bot);
    assert.deepEqual(openai.slice(0, 3).map(entry => entry.role), ["system", "system", "system"]);
    assert.ok(openai.some(entry => entry.content.includes("mia visited the harbour")));
    assert.ok(openai.some(entry => entry.content === "<peer_card>Name: Mia</peer_card>"));
    assert.ok(openai.some(entry => entry.content === `<summary>${whole.summary.content}</summary>`));
    assert.deepEqual(openai.slice(3), whole.messages.map(message =>
      ({ role: message.peerId === "bot" ? "assistant" : "user", name: message.peerId, content: message.content })));
    const anthropic = whole.toAnthropic("bot");
    assert.ok(anthropic.every(entry => entry.role === "user" || entry.role === "assistant"));
    assert.deepEqual(anthropic.at(-1), { role: "user", content: `mia: ${stored.at(-1).content}` });
    assert.deepEqual(anthropic.at(-2), { role: "assistant", content: stored.at(-2).content });
  });
}
