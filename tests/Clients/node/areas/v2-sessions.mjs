import assert from "node:assert/strict";

export default async function sessions(t) {
  const honcho = t.client();
  const { SessionPeerConfig } = t.sdk;
  const ids = peers => peers.map(peer => peer.id).toSorted();

  await t.check("session with metadata and config is created at once, toString", async () => {
    const session = await honcho.session("first", { metadata: { topic: "boats" }, config: { deriver: { enabled: false }, kind: "meeting" } });
    assert.deepEqual([session.id, session.workspaceId, String(session)], ["first", t.workspace(), "Session(id='first')"]);
    assert.deepEqual(await session.getMetadata(), { topic: "boats" });
    const { configuration } = await honcho.core.workspaces.sessions.getOrCreate(t.workspace(), { id: "first" });
    assert.deepEqual(configuration, { kind: "meeting", deriver: { enabled: false } });
  });

  await t.check("setMetadata replaces and leaves the configuration", async () => {
    const session = await honcho.session("first");
    await session.setMetadata({ topic: "trains" });
    assert.deepEqual(await session.getMetadata(), { topic: "trains" });
    assert.equal((await honcho.core.workspaces.sessions.getOrCreate(t.workspace(), { id: "first" })).configuration.deriver.enabled, false);
  });

  await t.check("addPeers, setPeers, removePeers, getPeers in every form", async () => {
    const session = await honcho.session("members");
    const dora = await honcho.peer("dora");
    await session.addPeers("ann");
    await session.addPeers(dora);
    await session.addPeers([dora, "ben"]);
    await session.addPeers([["eve", new SessionPeerConfig(false, true)], [dora, { observe_others: true }]]);
    assert.deepEqual(ids(await session.getPeers()), ["ann", "ben", "dora", "eve"]);
    assert.deepEqual({ ...await session.getPeerConfig("eve") }, { observe_me: false, observe_others: true });
    await session.removePeers(["ann", dora]);
    assert.deepEqual(ids(await session.getPeers()), ["ben", "eve"]);
    await session.setPeers([["ben", { observe_me: false }], "fay"]);
    assert.deepEqual(ids(await session.getPeers()), ["ben", "fay"]);
    await session.removePeers("fay");
    await session.removePeers(dora);
    assert.deepEqual(ids(await session.getPeers()), ["ben"]);
  });

  await t.check("setPeerConfig merges", async () => {
    const session = await honcho.session("members");
    await session.setPeerConfig("ben", new SessionPeerConfig(undefined, true));
    assert.deepEqual({ ...await session.getPeerConfig(await honcho.peer("ben")) }, { observe_me: false, observe_others: true });
  });

  await t.check("more than ten observers are refused", async () => {
    const session = await honcho.session("watchers");
    await assert.rejects(session.addPeers(Array.from({ length: 11 }, (_, n) => [`watcher-${n}`, { observe_others: true }])),
      error => error.status === 400 && /Maximum allowed is 10 observers/.test(error.message));
  });

  await t.check("getSessions lists, filters and iterates", async () => {
    const many = t.client("many");
    const names = Array.from({ length: 5 }, (_, n) => `session-${n}`);
    for (const [n, name] of names.entries()) await many.session(name, { metadata: { even: n % 2 === 0 } });
    const list = async filters => {
      const found = [];
      for await (const session of await many.getSessions(filters)) found.push(session.id);
      return found;
    };
    assert.deepEqual(await list(), names);
    assert.deepEqual(await list({ metadata: { even: true } }), ["session-0", "session-2", "session-4"]);
  });

  await t.check("search finds what was said in the session", async () => {
    const [ann, first, second] = [await honcho.peer("ann"), await honcho.session("first"), await honcho.session("second")];
    await first.addMessages([ann.message("The red balloon flies."), ann.message("The red balloon lands.")]);
    await second.addMessages([ann.message("Another red balloon.")]);
    assert.deepEqual((await first.search("balloon")).map(found => found.session_id), ["first", "first"]);
    assert.equal((await first.search("balloon", { limit: 1 })).length, 1);
    assert.deepEqual(await first.search("balloon", { filters: { peer_id: "ben" } }), []);
  });

  await t.check("workingRep is what a peer knows about itself, within the session, or about a target", async () => {
    const [gil, session, other] = [await honcho.peer("gil"), await honcho.session("rep"), await honcho.session("other-rep")];
    await session.addPeers([["hana", { observe_others: true }]]);
    await session.addMessages([gil.message("I live in Oslo.")]);
    await other.addMessages([gil.message("I collect stamps.")]);
    await t.idle(honcho);
    for (const known of [await session.workingRep("gil"), await session.workingRep("hana", gil), await session.workingRep(gil)]) {
      assert.deepEqual(known.representation, { explicit: known.explicit, deductive: known.deductive });
      assert.deepEqual(known.explicit.map(({ message_ids, session_name, content }) => [message_ids, session_name, content]), [[[1], "rep", "gil lives in Oslo."]]);
      assert.ok(Number.isFinite(Date.parse(known.explicit[0].created_at)));
    }
    assert.deepEqual((await session.workingRep("gil", "hana")).explicit, []);
  });

  if (!t.since("1.5.0")) return;

  await t.check("getDeriverStatus and pollDeriverStatus of the session", async () => {
    const session = await honcho.session("rep");
    const done = await session.pollDeriverStatus({ timeoutMs: 60_000 });
    assert.deepEqual([done.inProgressWorkUnits, done.pendingWorkUnits], [0, 0]);
    assert.ok(done.completedWorkUnits > 0);
    assert.equal((await session.getDeriverStatus({ senderId: "hana" })).totalWorkUnits, 0);
    assert.equal((await session.getDeriverStatus({ observerId: "gil", senderId: "gil" })).totalWorkUnits, done.totalWorkUnits);
  });

  await t.check("delete hides the session", async () => {
    const session = await honcho.session("short-lived", { metadata: {} });
    await session.delete();
    assert.equal((await honcho.getSessions({ id: "short-lived" })).total, 0);
    await assert.rejects((await honcho.session("no-such-session")).delete(), error => error.status === 404);
  });
}
