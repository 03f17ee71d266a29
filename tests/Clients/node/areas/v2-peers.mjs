import assert from "node:assert/strict";

export default async function peers(t) {
  const honcho = t.client();

  await t.check("peer is local until something is said about it, toString", async () => {
    const ghost = await honcho.peer("ghost");
    assert.deepEqual([ghost.id, ghost.workspaceId, String(ghost)], ["ghost", t.workspace(), "Peer(id='ghost')"]);
    assert.equal((await honcho.getPeers()).total, 0);
  });

  await t.check("peer with metadata and config is created at once", async () => {
    const bob = await honcho.peer("bob", { metadata: { location: "NYC" }, config: { role: "user", active: true } });
    assert.deepEqual(await bob.getMetadata(), { location: "NYC" });
    assert.deepEqual(await bob.getPeerConfig(), { role: "user", active: true });
    assert.equal((await honcho.getPeers()).total, 1);
  });

  await t.check("setMetadata and setPeerConfig replace", async () => {
    const bob = await honcho.peer("bob");
    await bob.setMetadata({ location: "Paris" });
    await bob.setPeerConfig({ observe_me: true });
    assert.deepEqual(await bob.getMetadata(), { location: "Paris" });
    assert.deepEqual(await bob.getPeerConfig(), { observe_me: true });
  });

  await t.check("message builds what addMessages sends", () => {
    const message = { peer_id: "bob", content: "Hi", metadata: { a: 1 }, created_at: "2024-01-15T10:30:00Z" };
    return honcho.peer("bob").then(bob => assert.deepEqual(bob.message("Hi", { metadata: { a: 1 }, created_at: "2024-01-15T10:30:00Z" }), message));
  });

  await t.check("getPeers pages, filters and iterates", async () => {
    const many = t.client("many");
    const names = Array.from({ length: 60 }, (_, n) => `peer-${String(n).padStart(2, "0")}`);
    for (const [n, name] of names.entries()) await many.peer(name, { metadata: { even: n % 2 === 0 } });
    const all = [];
    for await (const peer of await many.getPeers()) all.push(peer.id);
    // The pages of 1.4.0 do not go on: they look for a method that its core does not have.
    assert.deepEqual(all, t.since("1.5.0") ? names : names.slice(0, 50));
    assert.equal((await many.getPeers({ metadata: { even: true } })).total, 30);
    const page = await many.getPeers();
    if (t.since("1.5.0")) {
      assert.deepEqual([page.total, page.page, page.size, page.pages, page.length, page.items.length], [60, 1, 50, 2, 50, 50]);
      assert.deepEqual([page.get(0).id, page.items[49].id], ["peer-00", "peer-49"]);
      assert.deepEqual((await page.getNextPage()).items.map(peer => peer.id), names.slice(50));
      // The published client calls a method of its core without the object it belongs to.
      assert.throws(() => page.hasNextPage, TypeError);
    } else {
      assert.deepEqual([page.total, page.size, (await page.data()).length], [60, 50, 50]);
      await assert.rejects(page.nextPage(), /nextPage is not a function/);
      await assert.rejects(async () => page.get(0), /does not support indexed access/);
      assert.equal(typeof page.hasNextPage, "function");
    }
  });

  await t.check("getSessions lists what the peer is in", async () => {
    const bob = await honcho.peer("bob");
    for (const id of ["first", "second"]) await (await honcho.session(id, { metadata: { id } })).addPeers(bob);
    const ids = [];
    for await (const session of await bob.getSessions()) ids.push(session.id);
    assert.deepEqual(ids, ["first", "second"]);
    assert.equal((await bob.getSessions({ metadata: { id: "second" } })).total, 1);
    assert.equal((await bob.getSessions(null)).total, 2);
  });

  await t.check("search finds what the peer said", async () => {
    const [bob, cleo] = [await honcho.peer("bob"), await honcho.peer("cleo")];
    await (await honcho.session("first")).addMessages([bob.message("I bought a kayak."), cleo.message("What a kayak!")]);
    assert.deepEqual((await bob.search("kayak")).map(found => [found.peer_id, found.content]), [["bob", "I bought a kayak."]]);
    assert.deepEqual(await bob.search("kayak", { filters: { session_id: "second" }, limit: 5 }), []);
  });

  if (!t.since("1.5.0")) return;

  await t.check("card is text, about the peer itself and about others", async () => {
    const [bob, cleo] = [await honcho.peer("bob"), await honcho.peer("cleo")];
    await (await honcho.session("first")).addMessages([bob.message("My name is Bob and I live in Bergen.")]);
    await t.idle(honcho);
    assert.match(await bob.card(), /Bergen/);
    assert.equal(await bob.card(cleo), "");
    assert.equal(await cleo.card("bob"), "");
  });
}
