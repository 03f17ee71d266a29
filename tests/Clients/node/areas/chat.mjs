import assert from "node:assert/strict";
import { z } from "zod";

const unknown = /nothing/i;

export default async function chat(t) {
  const honcho = t.client();
  const quinn = await honcho.peer("quinn");
  const rosa = await honcho.peer("rosa");
  const absent = await honcho.peer("absent", { metadata: {} });
  const garden = await honcho.session("garden", { metadata: {} });
  const kitchen = await honcho.session("kitchen", { metadata: {} });
  await garden.addPeers([[rosa, { observeOthers: true }], quinn]);
  await garden.addMessages([quinn.message("I live in Lisbon."), rosa.message("Nice, I live in Turin.")]);
  await kitchen.addMessages(quinn.message("My favourite dish is mushroom risotto."));
  await t.idle(honcho);
  const question = "Where does quinn live?";

  await t.check("chat quotes the fact that is known", async () => {
    assert.match(await quinn.chat(question), /Lisbon/);
    assert.match(await quinn.chat("What is quinn's favourite dish?"), /mushroom risotto/);
  });

  await t.check("chat answers an open question with all that is known", async () => {
    for (const open of ["Tell me everything you know about quinn.", "What do you know about this user?", "Who is quinn?"])
      assert.match(await quinn.chat(open), /Lisbon[\s\S]*mushroom risotto/, open);
  });

  await t.check("chat says that nothing is known", async () => {
    const answer = await quinn.chat("What is the name of quinn's dentist?");
    assert.match(answer, unknown);
    assert.doesNotMatch(answer, /Lisbon|risotto/);
  });

  await t.check("chat about a target knows what the observer witnessed", async () => {
    assert.match(await rosa.chat(question, { target: quinn }), /Lisbon/);
    assert.match(await rosa.chat("What is quinn's favourite dish?", { target: "quinn" }), unknown);
    assert.match(await absent.chat(question, { target: "quinn" }), unknown);
    await assert.rejects(rosa.chat(question, { target: "nobody" }), t.sdk.NotFoundError);
  });

  await t.check("chat within a session still knows what the other sessions told", async () => {
    assert.match(await quinn.chat(question, { session: garden }), /Lisbon/);
    assert.match(await quinn.chat(question, { session: "kitchen" }), /Lisbon/);
  });

  await t.check("chat at every reasoning level", async () => {
    for (const reasoningLevel of ["minimal", "low", "medium", "high", "max"])
      assert.match(await quinn.chat(question, { reasoningLevel }), /Lisbon/, reasoningLevel);
  });

  await t.check("chatStream streams the same answer", async () => {
    const answer = await quinn.chat(question);
    const chunks = [];
    for await (const chunk of await quinn.chatStream(question)) chunks.push(chunk);
    assert.equal(chunks.join(""), answer);
    assert.ok(chunks.length > 1, `${chunks.length} chunk`);
    const options = { session: garden, reasoningLevel: "minimal" };
    assert.equal((await (await quinn.chatStream(question, options)).toArray()).join(""), await quinn.chat(question, options));
    const stream = await rosa.chatStream(question, { target: quinn });
    await stream.toArray();
    assert.equal(await stream.getFinalResponse(), await rosa.chat(question, { target: quinn }));
  });

  await t.check("scheduleDream is accepted and drains", async () => {
    await honcho.scheduleDream({ observer: quinn });
    await honcho.scheduleDream({ observer: "rosa", observed: quinn, session: garden });
    await t.idle(honcho);
    assert.match(await rosa.chat(question, { target: quinn }), /Lisbon/);
  });

  await t.check("queueStatus by observer, sender and session", async () => {
    const status = await honcho.queueStatus({ observer: rosa, sender: quinn, session: garden });
    assert.equal(status.pendingWorkUnits, 0);
    assert.ok(status.completedWorkUnits > 0);
    assert.equal(status.sessions?.kitchen, undefined);
  });

  if (t.since("2.3.0")) {
    const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"], additionalProperties: false };

    await t.check("chat and chatStream answer in the shape of a JSON schema", async () => {
      const answer = JSON.parse(await quinn.chat("In which city does quinn live?", { responseFormat: schema }));
      assert.deepEqual(Object.keys(answer), ["city"]);
      assert.match(answer.city, /Lisbon/);
      const streamed = await (await quinn.chatStream("In which city does quinn live?", { responseFormat: schema })).toArray();
      assert.deepEqual(JSON.parse(streamed.join("")), answer);
    });

    await t.check("chat answers in the shape of a Zod type", async () => {
      const answer = await quinn.chat("In which city does quinn live?", { responseFormat: z.object({ city: z.string(), known: z.boolean() }) });
      assert.match(answer.city, /Lisbon/);
      assert.equal(typeof answer.known, "boolean");
    });

    await t.check("a schema that is not an object is refused", () =>
      assert.rejects(quinn.chat(question, { responseFormat: { type: "array", items: { type: "string" } } }), error =>
        error instanceof t.sdk.UnprocessableEntityError && /Invalid response_format/.test(error.message)));
  }

  if (t.since("2.4.0")) {
    await t.check("chat limited to sessions", async () => {
      assert.match(await quinn.chat(question, { sessions: [garden, "kitchen"] }), /Lisbon/);
      assert.doesNotMatch(await quinn.chat(question, { sessions: ["kitchen"] }), /Lisbon/);
    });

    await t.check("representation limited to sessions", async () => {
      const text = await quinn.representation({ sessions: [kitchen] });
      assert.match(text, /risotto/);
      assert.doesNotMatch(text, /Lisbon/);
    });

    await t.check("context limited to sessions", async () => {
      const context = await garden.context({ peerTarget: "quinn", sessions: [garden] });
      assert.match(context.peerRepresentation, /Lisbon/);
      assert.doesNotMatch(context.peerRepresentation, /risotto/);
      assert.equal(context.peerCard, null);
    });

    await t.check("workspace chat and chatStream know every peer", async () => {
      assert.match(await honcho.chat(question), /Lisbon/);
      assert.match(await honcho.chat("Where does rosa live?", { reasoningLevel: "low" }), /Turin/);
      assert.match(await honcho.chat(question, { session: kitchen }), /Lisbon/);
      assert.match(await honcho.chat("Who owns a submarine?"), unknown);
      assert.equal((await (await honcho.chatStream(question)).toArray()).join(""), await honcho.chat(question));
      assert.match(JSON.parse(await honcho.chat("In which city does quinn live?", {
        responseFormat: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
      })).city, /Lisbon/);
      await assert.rejects(honcho.chat(question, { session: "no-such-session" }), t.sdk.NotFoundError);
    });
  }

  if (t.since("2.5.0")) {
    const verify = async (evidence, fact) => {
      const found = evidence.conclusions.find(conclusion => fact.test(conclusion.content));
      const { id, level, content, createdAt, sessionId } = await honcho.conclusions.get(found.id);
      assert.deepEqual(found, { id, level, content, created_at: createdAt, session_id: sessionId, source_ids: [] });
      for (const message of evidence.messages) assert.deepEqual(Object.keys(message).toSorted(), ["created_at", "id", "peer_id", "session_id"]);
      assert.ok(evidence.tool_calls.every(call => call.tool_name && typeof call.tool_input === "object"));
      assert.equal(evidence.reasoning_trace_id, null);
    };

    await t.check("includeEvidence names the conclusions behind an answer", async () => {
      const { content, evidence } = await quinn.chat(question, { includeEvidence: true });
      assert.match(content, /Lisbon/);
      await verify(evidence, /Lisbon/);
      const workspace = await honcho.chat(question, { includeEvidence: true });
      assert.match(workspace.content, /Lisbon/);
      await verify(workspace.evidence, /Lisbon/);
      const typed = await quinn.chat("In which city does quinn live?", { responseFormat: z.object({ city: z.string() }), includeEvidence: true });
      assert.match(typed.content.city, /Lisbon/);
      await verify(typed.evidence, /Lisbon/);
    });

    await t.check("a stream gives its evidence at the end", async () => {
      const stream = await quinn.chatStream(question, { includeEvidence: true });
      assert.match((await stream.toArray()).join(""), /Lisbon/);
      await verify(stream.evidence, /Lisbon/);
      const workspace = await honcho.chatStream(question, { includeEvidence: true });
      await workspace.toArray();
      await verify(workspace.evidence, /Lisbon/);
      const plain = await quinn.chatStream(question);
      await plain.toArray();
      assert.equal(plain.evidence, null);
    });
  }
}
