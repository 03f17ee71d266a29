import assert from "node:assert/strict";

export default async function context(t) {
  const honcho = t.client();
  const [ann, bot] = [await honcho.peer("ann"), await honcho.peer("bot")];
  const session = await honcho.session("story");
  await session.addMessages(Array.from({ length: 24 }, (_, n) => (n % 2 ? bot : ann).message(n === 0 ? "I live in Lima and I have a cat named Tiger." : `Chapter ${n} of the story.`)));
  await t.idle(honcho);

  await t.check("getSummaries has a short summary after twenty messages", async () => {
    const summaries = await session.getSummaries();
    assert.equal(summaries.id, "story");
    assert.equal(summaries.longSummary, null);
    const { content, messageId, summaryType, createdAt, tokenCount } = summaries.shortSummary;
    assert.ok(content.length > 0 && tokenCount > 0 && Number.isFinite(Date.parse(createdAt)));
    assert.match(messageId, /^[A-Za-z0-9_-]{21}$/);
    assert.equal(summaryType, "honcho_chat_summary_short");
  });

  await t.check("getContext without a summary has the newest messages that fit", async () => {
    const whole = await session.getContext({ summary: false });
    assert.deepEqual([whole.sessionId, whole.messages.length, whole.summary], ["story", 24, null]);
    const cut = await session.getContext({ summary: false, tokens: 30 });
    assert.ok(cut.messages.length > 0 && cut.messages.length < 24);
    assert.equal(cut.messages.at(-1).content, "Chapter 23 of the story.");
    assert.ok(cut.messages.reduce((sum, message) => sum + message.token_count, 0) <= 30);
  });

  await t.check("getContext with a summary goes on where it ends, in both forms of the call", async () => {
    for (const found of [await session.getContext({ summary: true, tokens: 2_000 }), await session.getContext(true, 2_000)]) {
      assert.ok(found.summary.content.length > 0);
      assert.equal(found.messages.at(-1).content, "Chapter 23 of the story.");
    }
  });

  await t.check("toOpenAI, toAnthropic, length, toString", async () => {
    const found = await session.getContext({ summary: false, tokens: 30 });
    assert.equal(found.length, found.messages.length + (found.summary ? 1 : 0));
    assert.deepEqual(found.toOpenAI(bot).at(-1), { role: "assistant", name: "bot", content: "Chapter 23 of the story." });
    assert.equal(found.toOpenAI("bot").at(-2).role, "user");
    assert.equal(found.toAnthropic(bot).at(-1).role, "assistant");
    assert.match(String(found), /SessionContext/);
  });

  await t.check("an unknown session has an empty context", async () =>
    assert.deepEqual((await (await honcho.session("nowhere")).getContext()).messages, []));

  if (!t.since("1.5.0")) return;

  await t.check("getContext about a peer carries what is known, and the card", async () => {
    const found = await session.getContext({ peerTarget: "ann", lastUserMessage: "Which cat?", tokens: 2_000 });
    const known = JSON.parse(found.peerRepresentation);
    assert.ok(known.explicit.some(statement => /Tiger/.test(statement.content) && statement.session_name === "story" && statement.message_ids.includes(1)), found.peerRepresentation);
    assert.ok(found.peerCard.some(line => /Lima/.test(line)));
  });

  await t.check("getContext about a peer in the eyes of another", async () => {
    const found = await session.getContext({ peerTarget: "ann", peerPerspective: "bot" });
    assert.deepEqual(JSON.parse(found.peerRepresentation), { explicit: [], deductive: [] });
  });
}
