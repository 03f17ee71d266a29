import assert from "node:assert/strict";

export default async function conclusions(t) {
  const honcho = t.client();
  const ned = await honcho.peer("ned", { metadata: {} });
  const ola = await honcho.peer("ola", { metadata: {} });
  const session = await honcho.session("office", { metadata: {} });
  const about = ned.conclusionsOf(ola);
  const contents = list => list.map(conclusion => conclusion.content);

  await t.check("create takes one or many, with or without a session", async () => {
    const [one] = await about.create({ content: "ola prefers dark mode", sessionId: session });
    assert.match(one.id, /^[A-Za-z0-9_-]{21}$/);
    assert.deepEqual([one.content, one.observerId, one.observedId, one.sessionId], ["ola prefers dark mode", "ned", "ola", "office"]);
    assert.ok(Math.abs(Date.parse(one.createdAt) - Date.now()) < 60_000);
    assert.equal(String(one), `Conclusion(id='${one.id}', content='ola prefers dark mode')`);
    const two = await about.create([{ content: "ola sails on Sundays" }, { content: "ola speaks Danish", sessionId: "office" }]);
    assert.deepEqual(two.map(conclusion => [conclusion.content, conclusion.sessionId]), [["ola sails on Sundays", null], ["ola speaks Danish", "office"]]);
    if (t.since("2.5.0")) assert.deepEqual([one.level, one.sourceIds, one.timesDerived], ["explicit", null, 1]);
  });

  await t.check("observer, observed, toString of the pair", () => {
    assert.deepEqual([about.workspaceId, about.observer, about.observed], [t.workspace(), "ned", "ola"]);
    assert.match(String(about), /observer='ned', observed='ola'/);
    assert.deepEqual([ned.conclusions.observer, ned.conclusions.observed], ["ned", "ned"]);
  });

  await t.check("list is newest first, by pair and by session", async () => {
    const page = await about.list();
    assert.equal(page.total, 3);
    assert.deepEqual(contents(page.items).toSorted(), ["ola prefers dark mode", "ola sails on Sundays", "ola speaks Danish"]);
    const times = page.items.map(conclusion => Date.parse(conclusion.createdAt));
    assert.deepEqual(times, times.toSorted((a, b) => b - a));
    assert.deepEqual(contents((await about.list({ session })).items).toSorted(), ["ola prefers dark mode", "ola speaks Danish"]);
    assert.equal((await ola.conclusionsOf(ned).list()).total, 0);
    assert.equal((await ned.conclusions.list()).total, 0);
  });

  await t.check("list iterates over several pages", async () => {
    const facts = Array.from({ length: 7 }, (_, n) => ({ content: `ned owns book number ${n}` }));
    await ned.conclusions.create(facts);
    const page = await ned.conclusions.list({ size: 3 });
    assert.deepEqual([page.total, page.pages, page.length], [7, 3, 3]);
    assert.deepEqual(contents(await page.toArray()).toSorted(), facts.map(fact => fact.content));
    assert.equal((await ned.conclusions.list({ page: 3, size: 3 })).length, 1);
  });

  await t.check("query ranks by meaning and respects top_k and distance", async () => {
    const [best] = await about.query("Which language does ola speak? Danish?", 1);
    assert.equal(best.content, "ola speaks Danish");
    assert.equal((await about.query("ola", 2)).length, 2);
    assert.deepEqual(contents(await about.query("ola speaks Danish", 5, 0.05)), ["ola speaks Danish"]);
    assert.deepEqual(await ola.conclusions.query("Danish"), []);
  });

  await t.check("representation is the text of the pair", async () => {
    const text = await about.representation();
    for (const fact of ["dark mode", "sails on Sundays", "speaks Danish"]) assert.ok(text.includes(fact), text);
    const one = await about.representation({ searchQuery: "Danish", searchTopK: 1, maxConclusions: 1 });
    assert.match(one, /Danish/);
    assert.doesNotMatch(one, /Sundays/);
  });

  await t.check("delete removes one, once", async () => {
    const [doomed] = await about.create({ content: "ola hates Mondays" });
    await about.delete(doomed.id);
    assert.equal((await about.list()).total, 3);
    assert.doesNotMatch(await about.representation(), /Mondays/);
    assert.deepEqual((await about.query("Mondays", 10)).filter(found => found.id === doomed.id), []);
    await assert.rejects(about.delete(doomed.id), t.sdk.NotFoundError);
  });

  await t.check("create for an unknown peer is NotFoundError", () =>
    assert.rejects(ned.conclusionsOf("nobody").create({ content: "nobody is here" }), t.sdk.NotFoundError));

  if (!t.since("2.5.0")) return;

  await t.check("list and query take filters and order", async () => {
    const oldestFirst = await (await about.list({ reverse: true })).toArray();
    assert.deepEqual(oldestFirst.map(found => found.id), (await (await about.list()).toArray()).map(found => found.id).toReversed());
    assert.deepEqual(contents((await about.list({ filters: { content: { contains: "danish" } } })).items), ["ola speaks Danish"]);
    assert.deepEqual(contents(await about.query("ola", 10, undefined, { session_id: "office" })).toSorted(), ["ola prefers dark mode", "ola speaks Danish"]);
  });

  await t.check("get and getMany read by id, within the pair", async () => {
    const all = (await about.list()).items;
    assert.deepEqual(await about.get(all[0].id), all[0]);
    assert.deepEqual(contents(await about.getMany([all[1].id, "nosuchconclusion00000", all[2].id])).toSorted(), contents([all[1], all[2]]).toSorted());
    await assert.rejects(about.get("nosuchconclusion00000"), t.sdk.NotFoundError);
    await assert.rejects(ned.conclusions.get(all[0].id), t.sdk.NotFoundError);
  });

  await t.check("workspace conclusions: list, get, getMany, toString", async () => {
    assert.equal((await honcho.conclusions.list()).total, 10);
    const page = await honcho.conclusions.list({ size: 4, filters: { observed_id: "ned" } });
    assert.deepEqual([page.total, page.pages], [7, 2]);
    assert.equal((await page.toArray()).length, 7);
    const [first] = page.items;
    assert.deepEqual(await honcho.conclusions.get(first.id), first);
    assert.deepEqual((await honcho.conclusions.getMany([first.id])).map(found => found.id), [first.id]);
    assert.match(String(honcho.conclusions), new RegExp(t.workspace()));
  });

  await t.check("derived lists what a dream concluded from a conclusion", async () => {
    const pia = await honcho.peer("pia");
    const diary = await honcho.session("diary");
    await diary.addMessages(["I go running by the river.", "I go running in the forest.", "I go running with my sister."].map((text, day) =>
      pia.message(text, { createdAt: `2026-03-0${day + 1}T08:00:00.000Z` })));
    await t.idle(honcho);
    await honcho.scheduleDream({ observer: pia, session: diary });
    await t.idle(honcho);
    const all = (await pia.conclusions.list({ size: 100 })).items;
    const inferred = all.filter(conclusion => conclusion.level !== "explicit");
    assert.ok(inferred.length > 0, `only: ${contents(all).join(" | ")}`);
    for (const conclusion of inferred) {
      assert.ok(conclusion.sourceIds.length > 0);
      const derived = await pia.conclusions.derived(conclusion.sourceIds[0], { size: 100 });
      assert.ok((await derived.toArray()).some(found => found.id === conclusion.id));
    }
    assert.equal((await pia.conclusions.derived(inferred[0].id)).total, 0);

    const { evidence } = await pia.chat("What does pia do?", { includeEvidence: true });
    const read = evidence.conclusions.find(conclusion => conclusion.id === inferred[0].id);
    assert.deepEqual(read?.source_ids, inferred[0].sourceIds);
  });
}
