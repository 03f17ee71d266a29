import assert from "node:assert/strict";

export default async function sessions(t) {
  const { toFile } = t.sdk;
  const { workspaces } = t.core();
  const { sessions } = workspaces;
  const w = t.workspace();

  await t.check("getOrCreate, update, list", async () => {
    const made = await sessions.getOrCreate(w, { id: "s", metadata: { a: 1 }, configuration: { deriver: { enabled: true }, type: "meeting" }, peers: { ann: { observe_others: true }, ben: {} } });
    assert.deepEqual([made.id, made.is_active, made.workspace_id, made.metadata, made.configuration], ["s", true, w, { a: 1 }, { type: "meeting", deriver: { enabled: true } }]);
    const changed = await sessions.update(w, "s", { metadata: { b: 2 }, configuration: { summary: { enabled: false } } });
    assert.deepEqual([changed.metadata, changed.configuration], [{ b: 2 }, { type: "meeting", deriver: { enabled: true }, summary: { enabled: false } }]);
    assert.deepEqual((await sessions.list(w, { filters: { metadata: { b: 2 } } })).items, [changed]);
    assert.equal((await sessions.list(w)).total, 1);
    await sessions.update(w, "s", { configuration: { summary: { enabled: true } } });
  });

  await t.check("peers.list, add, set, remove, getConfig, setConfig", async () => {
    const ids = async () => (await sessions.peers.list(w, "s")).items.map(peer => peer.id).toSorted();
    assert.deepEqual(await ids(), ["ann", "ben"]);
    assert.equal((await sessions.peers.add(w, "s", { cleo: { observe_me: false } })).id, "s");
    assert.deepEqual(await sessions.peers.getConfig(w, "s", "cleo"), { observe_me: false, observe_others: null });
    await sessions.peers.setConfig(w, "s", "cleo", { observe_me: null, observe_others: true });
    assert.deepEqual(await sessions.peers.getConfig(w, "s", "cleo"), { observe_me: false, observe_others: true });
    await sessions.peers.remove(w, "s", ["ben"]);
    assert.deepEqual(await ids(), ["ann", "cleo"]);
    await sessions.peers.set(w, "s", { ann: { observe_others: true }, dan: {} });
    assert.deepEqual(await ids(), ["ann", "dan"]);
  });

  await t.check("messages.create, retrieve, update, list", async () => {
    const created = await sessions.messages.create(w, "s", { messages: [
      { content: "I live in Quito.", peer_id: "dan", metadata: { n: 1 }, created_at: "2024-01-15T10:30:00Z" },
      { content: "I was never here.", peer_id: "dan", configuration: { deriver: { enabled: false }, peer_card: { create: false } } },
      { content: "Hello dan.", peer_id: "ann", metadata: null, created_at: null },
    ] });
    assert.deepEqual(created.map(message => message.content), ["I live in Quito.", "I was never here.", "Hello dan."]);
    assert.deepEqual(await sessions.messages.retrieve(w, "s", created[0].id), created[0]);
    assert.deepEqual((await sessions.messages.update(w, "s", created[0].id, { metadata: { n: 2 } })).metadata, { n: 2 });
    assert.deepEqual((await sessions.messages.list(w, "s", { reverse: true, size: 1 })).items.map(message => message.content), ["Hello dan."]);
    assert.equal((await sessions.messages.list(w, "s", { filters: { peer_id: "dan" } })).total, 2);
    await assert.rejects(async () => sessions.messages.retrieve(w, "s", "nosuchmessage00000000"), t.sdk.NotFoundError);
  });

  await t.check("messages.upload with everything that belongs to it", async () => {
    const file = await toFile(Buffer.from("An uploaded note."), "note.txt", { type: "text/plain" });
    const [message] = await sessions.messages.upload(w, "s", { file, peer_id: "ann", metadata: '{"source":"upload"}', configuration: '{"deriver":{"enabled":false}}', created_at: "2024-01-15T10:30:00Z" });
    assert.deepEqual([message.content, message.peer_id, message.metadata, message.created_at], ["An uploaded note.", "ann", { source: "upload" }, "2024-01-15T10:30:00Z"]);
  });

  await t.drained(workspaces, w);

  await t.check("search", async () =>
    assert.deepEqual((await sessions.search(w, "s", { query: "uploaded note", limit: 1 })).map(found => found.content), ["An uploaded note."]));

  await t.check("summaries", async () =>
    assert.deepEqual(await sessions.summaries(w, "s"), { id: "s", short_summary: null, long_summary: null }));

  await t.check("getContext by every option", async () => {
    const plain = await sessions.getContext(w, "s");
    assert.deepEqual([plain.id, plain.messages.length, plain.summary, plain.peer_representation, plain.peer_card], ["s", 4, null, null, null]);
    const rich = await sessions.getContext(w, "s", {
      tokens: 2000, summary: true, peer_target: "dan", peer_perspective: "ann", last_message: "Where do I live?", limit_to_session: true,
      search_top_k: 10, search_max_distance: 1, include_most_derived: true, max_observations: 25,
    });
    assert.deepEqual(rich.peer_representation.explicit.map(({ content, message_ids, session_name }) => [content, message_ids, session_name]), [["dan lives in Quito.", [1], "s"]]);
    assert.equal(rich.peer_card, null);
    assert.match((await sessions.getContext(w, "s", { peer_target: "dan" })).peer_card.join(), /Quito/);
  });

  await t.check("clone copies all, or up to a message", async () => {
    const [first] = (await sessions.messages.list(w, "s")).items;
    const whole = await sessions.clone(w, "s");
    assert.notEqual(whole.id, "s");
    assert.deepEqual([whole.metadata, whole.configuration.deriver], [{ b: 2 }, { enabled: true }]);
    assert.equal((await sessions.messages.list(w, whole.id)).total, 4);
    const cut = await sessions.clone(w, "s", { message_id: first.id });
    assert.deepEqual((await sessions.messages.list(w, cut.id)).items.map(message => message.content), ["I live in Quito."]);
    await assert.rejects(async () => sessions.clone(w, "nowhere"), t.sdk.NotFoundError);
  });

  await t.check("delete", async () => {
    assert.deepEqual(await sessions.delete(w, "s"), { message: "Session deleted successfully" });
    assert.equal((await sessions.list(w, { filters: { id: "s" } })).total, 0);
  });
}
