import assert from "node:assert/strict";

export default async function chat(t) {
  const honcho = t.client();
  const [quinn, rosa] = [await honcho.peer("quinn"), await honcho.peer("rosa")];
  const [garden, kitchen] = [await honcho.session("garden"), await honcho.session("kitchen")];
  await garden.addPeers([[rosa, { observe_others: true }], quinn]);
  await garden.addMessages([quinn.message("I live in Lisbon."), rosa.message("Nice, I live in Turin.")]);
  await kitchen.addMessages(quinn.message("My favourite dish is mushroom risotto."));
  await t.idle(honcho);
  const question = "Where does quinn live?";

  await t.check("chat quotes what is known, or says that nothing is", async () => {
    assert.match(await quinn.chat(question), /Lisbon/);
    assert.match(await quinn.chat("What is the name of quinn's dentist?"), /nothing/i);
  });

  await t.check("chat about a target knows what the observer witnessed", async () => {
    assert.match(await rosa.chat(question, { target: quinn }), /Lisbon/);
    assert.match(await rosa.chat("What is quinn's favourite dish?", { target: "quinn" }), /nothing/i);
    await assert.rejects(rosa.chat(question, { target: "nobody" }), error => error.status === 404);
  });

  await t.check("chat within a session", async () => {
    assert.match(await quinn.chat(question, { sessionId: garden.id }), /Lisbon/);
    await assert.rejects(quinn.chat(question, { sessionId: "no-such-session" }), error => error.status === 404);
  });

  if (!t.since("1.5.0")) {
    await t.check("stream is an option that this version answers with null", async () =>
      // It asks for a stream and looks for the content of one answer.
      assert.equal(await quinn.chat(question, { stream: true }), null));
    return;
  }

  await t.check("chat streams the same answer", async () => {
    const stream = await quinn.chat(question, { stream: true });
    assert.equal(stream.isComplete, false);
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    assert.ok(chunks.length > 1);
    assert.equal(chunks.join(""), await quinn.chat(question));
    assert.equal(stream.isComplete, true);
    assert.deepEqual(stream.getFinalResponse(), { content: chunks.join("") });
  });

  await t.check("chat streams about a target", async () => {
    const chunks = [];
    for await (const chunk of await rosa.chat(question, { target: quinn, sessionId: garden.id, stream: true })) chunks.push(chunk);
    assert.match(chunks.join(""), /Lisbon/);
  });
}
