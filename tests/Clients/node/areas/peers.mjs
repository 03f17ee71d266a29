import assert from "node:assert/strict";

export default async function peers(t) {
  const honcho = t.client();
  const alice = await honcho.peer("alice", { metadata: { role: "user" }, configuration: { observeMe: true } });

  await t.check("peer returns id, metadata, configuration, toString", () => {
    assert.equal(alice.id, "alice");
    assert.equal(alice.workspaceId, t.workspace());
    assert.deepEqual(alice.metadata, { role: "user" });
    assert.deepEqual(alice.configuration, { observeMe: true });
    assert.equal(String(alice), "Peer(id='alice')");
    if (t.since("2.1.0")) assert.ok(Math.abs(Date.parse(alice.createdAt) - Date.now()) < 60_000);
  });

  await t.check("peer with only an id clears nothing", async () => {
    const again = await t.client().peer("alice");
    assert.deepEqual(await again.getMetadata(), { role: "user" });
    assert.deepEqual(await again.getConfiguration(), { observeMe: true });
  });

  await t.check("setMetadata and setConfiguration replace", async () => {
    await alice.setMetadata({ city: "Porto" });
    await alice.setConfiguration({ observeMe: false });
    assert.deepEqual(await alice.getMetadata(), { city: "Porto" });
    assert.deepEqual(await alice.getConfiguration(), { observeMe: false });
  });

  await t.check("refresh sees what another client wrote", async () => {
    await (await t.client().peer("alice")).setMetadata({ city: "Faro" });
    await alice.refresh();
    assert.deepEqual(alice.metadata, { city: "Faro" });
  });

  await t.check("message builds a value", () => {
    const message = alice.message("Hello.", { metadata: { a: 1 }, createdAt: "2026-01-02T03:04:05.000Z" });
    assert.equal(message.peerId, "alice");
    assert.equal(message.content, "Hello.");
    assert.deepEqual(message.metadata, { a: 1 });
    assert.equal(message.createdAt, "2026-01-02T03:04:05.000Z");
  });

  await t.check("peers lists, filters, and iterates over several pages", async () => {
    const many = t.client("many");
    const crowd = await many.session("crowd", { metadata: {} });
    const ids = Array.from({ length: 55 }, (_, n) => `peer-${n}`);
    await crowd.addPeers(ids);
    const all = await many.peers();
    assert.deepEqual([all.total, all.page, all.size, all.pages, all.length, all.hasNextPage], [55, 1, 50, 2, 50, true]);
    assert.deepEqual((await all.toArray()).map(peer => peer.id).toSorted(), ids.toSorted());
    const second = await all.getNextPage();
    assert.deepEqual([second.page, second.length, second.hasNextPage], [2, 5, false]);
    assert.equal(await second.getNextPage(), null);
    assert.equal(all.get(0).id, all.items[0].id);
    const iterated = [];
    for await (const peer of all) iterated.push(peer.id);
    assert.equal(new Set(iterated).size, 55);

    await many.peer("peer-7", { metadata: { tier: "gold", score: 7 } });
    const filters = { metadata: { tier: "gold", score: { gte: 7 } } };
    assert.deepEqual((await (await many.peers(filters)).toArray()).map(peer => peer.id), ["peer-7"]);
    if (t.since("2.1.0")) {
      const page = await many.peers({ page: 3, size: 20, reverse: true });
      assert.deepEqual([page.page, page.size, page.length, page.pages], [3, 20, 15, 3]);
    }
  });

  await t.check("sessions lists the sessions of the peer", async () => {
    for (const id of ["s1", "s2", "s3"]) await (await honcho.session(id, { metadata: { id } })).addPeers(alice);
    await (await honcho.session("not-hers", { metadata: {} })).addPeers("bob");
    const ids = async options => (await (await alice.sessions(options)).toArray()).map(session => session.id);
    assert.deepEqual(await ids(), ["s1", "s2", "s3"]);
    assert.deepEqual(await ids({ metadata: { id: "s2" } }), ["s2"]);
    if (t.since("2.1.0")) assert.deepEqual(await ids({ size: 2, reverse: true }), ["s3", "s2", "s1"]);
  });

  await t.check("search finds only what the peer said", async () => {
    const session = await honcho.session("s1");
    const bob = await honcho.peer("bob");
    await session.addMessages([alice.message("The lighthouse keeper sleeps."), bob.message("The lighthouse is dark.")]);
    const found = await alice.search("lighthouse", { limit: 5 });
    assert.deepEqual(found.map(message => [message.peerId, message.content]), [["alice", "The lighthouse keeper sleeps."]]);
    assert.deepEqual(await alice.search("lighthouse", { filters: { session_id: "s2" } }), []);
  });

  await t.check("getCard, card, setCard per observer and target", async () => {
    assert.equal(await alice.getCard(), null);
    assert.deepEqual(await alice.setCard(["Name: Alice", "Lives in Porto"]), ["Name: Alice", "Lives in Porto"]);
    assert.deepEqual(await alice.setCard(["Name: Bob"], "bob"), ["Name: Bob"]);
    assert.deepEqual(await alice.getCard(), ["Name: Alice", "Lives in Porto"]);
    assert.deepEqual(await alice.card(await honcho.peer("bob")), ["Name: Bob"]);
    assert.equal(await (await honcho.peer("bob")).getCard("alice"), null);
    assert.deepEqual(await alice.setCard([]), []);
  });

  await t.check("representation and context show what is known, per target", async () => {
    const carol = await honcho.peer("carol", { metadata: {} });
    await carol.conclusions.create([{ content: "carol plays the cello" }, { content: "carol has two cats" }]);
    await carol.conclusionsOf("bob").create({ content: "bob repairs bicycles" });
    assert.match(await carol.representation(), /carol plays the cello[\s\S]*carol has two cats/);
    assert.match(await carol.representation({ target: "bob" }), /bob repairs bicycles/);
    assert.equal(await (await honcho.peer("bob")).representation({ target: carol }), "");
    assert.match(await carol.representation({ searchQuery: "cello", searchTopK: 1, maxConclusions: 1 }), /cello/);
    assert.doesNotMatch(await carol.representation({ searchQuery: "cello", searchTopK: 1, maxConclusions: 1 }), /cats/);

    await carol.setCard(["Name: Carol"]);
    const own = await carol.context();
    assert.deepEqual([own.peerId, own.targetId, own.peerCard], ["carol", "carol", ["Name: Carol"]]);
    assert.match(own.representation, /cello/);
    assert.equal(String(own), "PeerContext(peerId='carol', targetId='carol')");
    const ofBob = await carol.context({ target: "bob", searchQuery: "bicycles", searchTopK: 3, searchMaxDistance: 1, includeMostFrequent: true, maxConclusions: 10 });
    assert.deepEqual([ofBob.peerId, ofBob.targetId, ofBob.peerCard], ["carol", "bob", null]);
    assert.match(ofBob.representation, /bob repairs bicycles/);
  });
}
