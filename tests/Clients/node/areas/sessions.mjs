import assert from "node:assert/strict";
import { json } from "../area.mjs";

export default async function sessions(t) {
  const honcho = t.client();
  const ids = peers => peers.map(peer => peer.id).toSorted();

  await t.check("session returns id, metadata, configuration, toString", async () => {
    const session = await honcho.session("first", { metadata: { topic: "boats" }, configuration: { summary: { enabled: false } } });
    assert.equal(session.id, "first");
    assert.equal(session.workspaceId, t.workspace());
    assert.deepEqual(session.metadata, { topic: "boats" });
    assert.deepEqual(json(session.configuration), { summary: { enabled: false } });
    assert.equal(String(session), "Session(id='first')");
    if (t.since("2.1.0")) {
      assert.equal(session.isActive, true);
      assert.ok(Math.abs(Date.parse(session.createdAt) - Date.now()) < 60_000);
    }
  });

  await t.check("setMetadata replaces, setConfiguration merges, refresh reads", async () => {
    const session = await honcho.session("first");
    await session.setMetadata({ topic: "trains" });
    await session.setConfiguration({ reasoning: { enabled: true }, peerCard: { use: false } });
    assert.deepEqual(await session.getMetadata(), { topic: "trains" });
    assert.deepEqual(json(await session.getConfiguration()), { reasoning: { enabled: true }, peerCard: { use: false }, summary: { enabled: false } });
    await (await t.client().session("first")).setMetadata({ topic: "planes" });
    await session.refresh();
    assert.deepEqual(session.metadata, { topic: "planes" });
  });

  await t.check("addPeers, setPeers, removePeers, peers in every form", async () => {
    const session = await honcho.session("members", { metadata: {} });
    const dora = await honcho.peer("dora");
    await session.addPeers("ann");
    await session.addPeers([dora, "ben"]);
    await session.addPeers([["eve", { observeOthers: true, observeMe: false }], [dora, { observeOthers: true }]]);
    assert.deepEqual(ids(await session.peers()), ["ann", "ben", "dora", "eve"]);
    assert.deepEqual(await session.getPeerConfiguration("eve"), { observeMe: false, observeOthers: true });
    await session.removePeers(["ann", dora]);
    assert.deepEqual(ids(await session.peers()), ["ben", "eve"]);
    await session.setPeers([["ben", { observeMe: false }], "fay"]);
    assert.deepEqual(ids(await session.peers()), ["ben", "fay"]);
    assert.equal((await session.getPeerConfiguration("ben")).observeMe, false);
    await session.removePeers("fay");
    assert.deepEqual(ids(await session.peers()), ["ben"]);
  });

  await t.check("setPeerConfiguration merges", async () => {
    const session = await honcho.session("members");
    await session.setPeerConfiguration("ben", { observeOthers: true });
    assert.deepEqual(await session.getPeerConfiguration(await honcho.peer("ben")), { observeMe: false, observeOthers: true });
  });

  await t.check("more than ten observers are a BadRequestError", async () => {
    const session = await honcho.session("watchers", { metadata: {} });
    const observers = Array.from({ length: 11 }, (_, n) => [`watcher-${n}`, { observeOthers: true }]);
    await assert.rejects(session.addPeers(observers), error =>
      error instanceof t.sdk.BadRequestError && /Maximum allowed is 10 observers/.test(error.message));
  });

  await t.check("sessions lists, filters, and iterates over several pages", async () => {
    const many = t.client("many");
    const names = Array.from({ length: 5 }, (_, n) => `session-${n}`);
    for (const [n, name] of names.entries()) await many.session(name, { metadata: { even: n % 2 === 0 } });
    const list = async options => (await (await many.sessions(options)).toArray()).map(session => session.id);
    assert.deepEqual(await list(), names);
    assert.deepEqual(await list({ metadata: { even: true } }), ["session-0", "session-2", "session-4"]);
    if (t.since("2.1.0")) {
      assert.deepEqual(await list({ size: 2 }), names);
      assert.deepEqual(await list({ size: 2, reverse: true }), names.toReversed());
      assert.deepEqual(await list({ filters: { id: { in: ["session-1", "session-3"] } } }), ["session-1", "session-3"]);
    }
  });

  await t.check("clone copies messages, members, metadata and configuration, up to a message", async () => {
    const session = await honcho.session("original", { metadata: { v: 1 }, configuration: { dream: { enabled: false } } });
    await session.addPeers([["gus", { observeOthers: true }]]);
    const gus = await honcho.peer("gus");
    const written = await session.addMessages(["One.", "Two.", "Three."].map(text => gus.message(text, { metadata: { text } })));
    const whole = await session.clone();
    assert.notEqual(whole.id, "original");
    assert.deepEqual(await whole.getMetadata(), { v: 1 });
    assert.deepEqual(json(await whole.getConfiguration()), { dream: { enabled: false } });
    assert.deepEqual(ids(await whole.peers()), ["gus"]);
    assert.equal((await whole.getPeerConfiguration("gus")).observeOthers, true);
    const copies = await (await whole.messages()).toArray();
    assert.deepEqual(copies.map(copy => [copy.content, copy.metadata.text, copy.sessionId]), ["One.", "Two.", "Three."].map(text => [text, text, whole.id]));
    assert.ok(copies.every(copy => written.every(original => original.id !== copy.id)));
    const cut = await session.clone(written[1].id);
    assert.deepEqual((await (await cut.messages()).toArray()).map(copy => copy.content), ["One.", "Two."]);
    await assert.rejects(session.clone("nosuchmessage00000000"), t.sdk.NotFoundError);
  });

  await t.check("delete hides the session at once and frees its id in the end", async () => {
    const session = await honcho.session("short-lived", { metadata: { life: 1 } });
    await session.addMessages((await honcho.peer("gus")).message("Gone soon."));
    await session.delete();
    assert.ok(!(await (await honcho.sessions()).toArray()).some(listed => listed.id === "short-lived"));
    const reborn = await t.until("id free again", () => honcho.session("short-lived", { metadata: { life: 2 } }).catch(error => {
      assert.ok(error instanceof t.sdk.NotFoundError, error.stack);
    }));
    assert.deepEqual(await reborn.getMetadata(), { life: 2 });
    assert.equal((await reborn.messages()).total, 0);
    assert.ok((await honcho.search("Gone soon.")).every(found => found.sessionId !== "short-lived"));
  });

  await t.check("queueStatus counts and reaches zero", async () => {
    const session = await honcho.session("queue", { metadata: {} });
    await session.addMessages((await honcho.peer("hal")).message("I live in Oslo."));
    const status = await t.until("session drained", async () => {
      const now = await session.queueStatus();
      assert.equal(now.totalWorkUnits, now.completedWorkUnits + now.inProgressWorkUnits + now.pendingWorkUnits);
      return now.pendingWorkUnits + now.inProgressWorkUnits === 0 && now;
    });
    assert.ok(status.completedWorkUnits > 0);
    assert.equal((await session.queueStatus({ sender: "nobody" })).totalWorkUnits, 0);
    assert.equal((await session.queueStatus({ observer: "hal", sender: "hal" })).totalWorkUnits, status.totalWorkUnits);
    assert.ok((await honcho.queueStatus()).sessions.queue.totalWorkUnits > 0);
    assert.equal((await honcho.queueStatus({ session, sender: "hal", observer: "hal" })).totalWorkUnits, status.totalWorkUnits);
  });

  await t.check("representation of a peer within the session", async () => {
    const session = await honcho.session("queue");
    const elsewhere = await honcho.session("elsewhere", { metadata: {} });
    await elsewhere.addMessages((await honcho.peer("hal")).message("I collect stamps."));
    await t.idle(honcho);
    const text = await session.representation("hal", { searchQuery: "Oslo", searchTopK: 5, maxConclusions: 20, includeMostFrequent: true });
    assert.match(text, /hal lives in Oslo/);
    assert.doesNotMatch(text, /stamps/);
    assert.equal(await session.representation("hal", { target: "gus" }), "");
  });

  if (t.since("2.4.0"))
    await t.check("session with peers", async () => {
      const session = await honcho.session("with-peers", { peers: ["ida", ["jon", { observeOthers: true }]] });
      assert.deepEqual(ids(await session.peers()), ["ida", "jon"]);
      assert.equal((await session.getPeerConfiguration("jon")).observeOthers, true);
    });
}
