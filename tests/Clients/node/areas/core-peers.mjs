import assert from "node:assert/strict";

export default async function peers(t) {
  const { workspaces } = t.core();
  const { peers, sessions } = workspaces;
  const w = t.workspace();

  await t.check("getOrCreate, update, list", async () => {
    const made = await peers.getOrCreate(w, { id: "ann", metadata: { a: 1 }, configuration: { observe_me: true } });
    assert.deepEqual([made.id, made.workspace_id, made.metadata, made.configuration], ["ann", w, { a: 1 }, { observe_me: true }]);
    assert.deepEqual(await peers.getOrCreate(w, { id: "ann", metadata: null, configuration: null }), made);
    const changed = await peers.update(w, "ann", { metadata: { b: 2 }, configuration: {} });
    assert.deepEqual([changed.metadata, changed.configuration], [{ b: 2 }, {}]);
    await peers.getOrCreate(w, { id: "ben" });
    assert.deepEqual((await peers.list(w, { filters: { id: "ann" } })).items, [changed]);
    assert.equal((await peers.list(w)).total, 2);
  });

  await sessions.messages.create(w, "walk", { messages: [{ content: "I live in Porto.", peer_id: "ann" }, { content: "I have a parrot named Kiwi.", peer_id: "ann" }] });
  await t.drained(workspaces, w);

  await t.check("sessions.list", async () => {
    assert.deepEqual((await peers.sessions.list(w, "ann", { filters: null, size: 3 })).items.map(session => session.id), ["walk"]);
    assert.equal((await peers.sessions.list(w, "ben")).total, 0);
  });

  await t.check("search", async () =>
    assert.deepEqual((await peers.search(w, "ann", { query: "parrot", limit: 1 })).map(found => found.content), ["I have a parrot named Kiwi."]));

  await t.check("chat answers in text", async () => {
    const { content } = await peers.chat(w, "ann", { query: "Where does ann live?", session_id: "walk", target: null, stream: false });
    assert.match(content, /Porto/);
  });

  await t.check("workingRepresentation has statements with their sources, under its name and beside it", async () => {
    const known = await peers.workingRepresentation(w, "ann", { session_id: null, target: null });
    assert.deepEqual(known.representation, { explicit: known.explicit, deductive: known.deductive });
    assert.deepEqual(known.explicit.map(({ content, session_name, message_ids }) => [content, session_name, message_ids]),
      [["ann lives in Porto.", "walk", [1]], ["ann has a parrot named Kiwi.", "walk", [2]]]);
    const one = await peers.workingRepresentation(w, "ann", { search_query: "bird", search_top_k: 1, search_max_distance: 1, include_most_derived: true, max_observations: 1 });
    // 1.5.1 does not know these options, and passes them on all the same.
    assert.equal(one.explicit.length, 1);
  });

  await t.check("card", async () => {
    assert.match((await peers.card(w, "ann")).peer_card.join(), /Porto/);
    assert.equal((await peers.card(w, "ann", { target: "ben" })).peer_card, null);
    assert.equal((await peers.card(w, "nobody")).peer_card, null);
  });

  await t.check("a key that a peer cannot have is UnprocessableEntityError", () =>
    assert.rejects(async () => peers.getOrCreate(w, { id: "a b" }), t.sdk.UnprocessableEntityError));

  if (!t.since("1.8.0")) return;

  await t.check("setCard replaces the card", async () => {
    assert.deepEqual((await peers.setCard(w, "ann", { peer_card: ["Likes birds."], target: "ben" })).peer_card, ["Likes birds."]);
    assert.deepEqual((await peers.card(w, "ann", { target: "ben" })).peer_card, ["Likes birds."]);
    await assert.rejects(async () => peers.setCard(w, "nobody", { peer_card: [] }), t.sdk.NotFoundError);
  });

  await t.check("getContext holds representation and card, of itself and of others", async () => {
    const self = await peers.getContext(w, "ann", { search_query: "parrot", search_top_k: 5, search_max_distance: 1, include_most_derived: true, max_observations: 50 });
    assert.deepEqual([self.peer_id, self.target_id, self.representation.explicit.length], ["ann", "ann", 2]);
    const other = await peers.getContext(w, "ann", { target: "ben" });
    assert.deepEqual([other.target_id, other.representation, other.peer_card], ["ben", { explicit: [], deductive: [] }, ["Likes birds."]]);
    assert.deepEqual((await peers.getContext(w, "nobody")).representation, { explicit: [], deductive: [] });
  });

  await t.check("observations.create, list, query, delete", async () => {
    const { observations } = workspaces;
    const pair = { observer_id: "ann", observed_id: "ben", session_id: "walk" };
    const facts = ["User prefers dark mode", "User works late at night", "User enjoys programming"];
    const created = await observations.create(w, { observations: facts.map(content => ({ content, ...pair })) });
    assert.deepEqual(created.map(({ id, created_at, ...rest }) => rest), facts.map(content => ({ content, ...pair })));
    const filters = { observer: "ann", observed: "ben", session_id: "walk" };
    assert.deepEqual((await observations.list(w, { filters, reverse: true })).items.map(found => found.id), created.map(found => found.id));
    assert.deepEqual((await observations.list(w, { filters, size: 1 })).items.map(found => found.content), [facts[2]]);
    assert.deepEqual((await observations.query(w, { query: "night work", top_k: 1, distance: 1, filters })).map(found => found.content), [facts[1]]);
    assert.deepEqual(await observations.delete(w, created[0].id), { message: "Observation deleted successfully" });
    assert.equal((await observations.list(w, { filters })).total, 2);
    await assert.rejects(async () => observations.delete(w, created[0].id), t.sdk.NotFoundError);
    await assert.rejects(async () => observations.query(w, { query: "x" }), t.sdk.UnprocessableEntityError);
  });
}
