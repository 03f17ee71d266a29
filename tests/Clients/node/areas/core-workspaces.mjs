import assert from "node:assert/strict";

export default async function workspaces(t) {
  const core = t.core();
  const { workspaces } = core;
  const w = t.workspace();

  await t.check("getOrCreate, update, list", async () => {
    const made = await workspaces.getOrCreate({ id: w, metadata: { a: 1 }, configuration: { deriver: { enabled: true } } });
    assert.deepEqual([made.id, made.metadata, made.configuration], [w, { a: 1 }, { deriver: { enabled: true } }]);
    assert.ok(Math.abs(Date.parse(made.created_at) - Date.now()) < 60_000);
    assert.deepEqual(await workspaces.getOrCreate({ id: w }), made);
    const changed = await workspaces.update(w, { metadata: { b: 2 }, configuration: { dream: { enabled: false } } });
    assert.deepEqual([changed.metadata, changed.configuration], [{ b: 2 }, { deriver: { enabled: true }, dream: { enabled: false } }]);
    assert.deepEqual(await workspaces.update(w, { metadata: null, configuration: null }), changed);
    const page = await workspaces.list({ filters: { id: w }, page: 1, size: 10 });
    assert.deepEqual([page.items, page.total, page.page, page.size, page.pages], [[changed], 1, 1, 10, 1]);
    await workspaces.update(w, { configuration: { dream: { enabled: true } } });
  });

  await t.check("list goes on from page to page", async () => {
    for (const n of [1, 2, 3]) await workspaces.getOrCreate({ id: t.workspace(`page-${n}`), metadata: { family: w } });
    const ids = [];
    for await (const workspace of workspaces.list({ filters: { metadata: { family: w } }, size: 2 })) ids.push(workspace.id);
    assert.deepEqual(ids, [1, 2, 3].map(n => t.workspace(`page-${n}`)));
  });

  await t.check("search, deriverStatus", async () => {
    await workspaces.sessions.messages.create(w, "s", { messages: [{ content: "A violet umbrella.", peer_id: "p" }] });
    assert.deepEqual((await workspaces.search(w, { query: "umbrella", filters: null, limit: 10 })).map(found => found.content), ["A violet umbrella."]);
    const status = await t.until("queue drained", async () => {
      const now = await workspaces.deriverStatus(w, { observer_id: "p", sender_id: "p" });
      return now.pending_work_units + now.in_progress_work_units === 0 && now;
    });
    assert.equal(status.total_work_units, status.completed_work_units);
    assert.equal((await workspaces.deriverStatus(w)).sessions.s.session_id, "s");
  });

  if (t.since("1.8.0"))
    await t.check("triggerDream", async () => {
      for (const dream_type of ["consolidate", "agent"]) await workspaces.triggerDream(w, { observer: "p", observed: "p", dream_type });
      await assert.rejects(async () => workspaces.triggerDream(t.workspace("nowhere"), { observer: "p", dream_type: "agent" }, { maxRetries: 0 }), t.sdk.NotFoundError);
    });

  await t.check("webhooks.getOrCreate, list, testEmit, delete", async () => {
    const hook = await workspaces.webhooks.getOrCreate(w, { url: "https://example.com/hook" });
    assert.deepEqual([hook.workspace_id, hook.url], [w, "https://example.com/hook"]);
    assert.deepEqual(await workspaces.webhooks.getOrCreate(w, { url: "https://example.com/hook" }), hook);
    assert.deepEqual((await workspaces.webhooks.list(w, { size: 5 })).items, [hook]);
    assert.equal(await workspaces.webhooks.testEmit(w), null);
    assert.equal(await workspaces.webhooks.delete(w, hook.id), null);
    assert.equal((await workspaces.webhooks.list(w)).total, 0);
  });

  await t.check("delete answers with what it deleted", async () => {
    const deleted = await workspaces.delete(w);
    assert.deepEqual([deleted.id, deleted.metadata], [w, { b: 2 }]);
    await t.until("workspace gone", async () => (await workspaces.list({ filters: { id: w } })).total === 0);
    await assert.rejects(async () => workspaces.delete(w), t.sdk.NotFoundError);
  });

  await t.check("keys.create opens what it says, where keys are needed", async () => {
    await assert.rejects(async () => core.keys.create({ workspace_id: w }), error => error.status === 405);
    const admin = t.guarded(t.key({ ad: true }));
    const { key } = await admin.keys.create({ workspace_id: w, peer_id: "p", expires_at: "2999-01-01T00:00:00Z" });
    await admin.workspaces.peers.getOrCreate(w, { id: "p" });
    const peer = t.guarded(key);
    assert.deepEqual((await peer.workspaces.peers.card(w, "p")).peer_card, null);
    // The original opens the whole workspace to a peer's key.
    await assert.rejects(async () => peer.workspaces.peers.card(w, "q"), t.sdk.AuthenticationError);
    await assert.rejects(async () => t.guarded("nonsense").workspaces.getOrCreate({ id: w }), t.sdk.AuthenticationError);
  });
}
