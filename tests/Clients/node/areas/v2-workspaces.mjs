import assert from "node:assert/strict";

export default async function workspaces(t) {
  const honcho = t.client();

  await t.check("new Honcho, workspaceId, core, toString", async () => {
    assert.equal(honcho.workspaceId, t.workspace());
    assert.equal(String(honcho), `Honcho(workspaceId='${t.workspace()}', baseURL='${t.hosts.address}')`);
    assert.equal((await honcho.core.workspaces.getOrCreate({ id: t.workspace() })).id, t.workspace());
  });

  await t.check("getMetadata, setMetadata replace as a whole", async () => {
    assert.deepEqual(await honcho.getMetadata(), {});
    await honcho.setMetadata({ plan: "free", limits: { seats: 3 }, tags: ["a", "b"], none: null });
    assert.deepEqual(await t.client().getMetadata(), { plan: "free", limits: { seats: 3 }, tags: ["a", "b"], none: null });
    await honcho.setMetadata({ plan: "paid" });
    assert.deepEqual(await honcho.getMetadata(), { plan: "paid" });
  });

  await t.check("getWorkspaces lists and filters", async () => {
    for (const suffix of ["list-1", "list-2", "list-3"]) await t.client(suffix).setMetadata({ family: t.workspace() });
    assert.deepEqual(await honcho.getWorkspaces({ metadata: { family: t.workspace() } }), ["list-1", "list-2", "list-3"].map(suffix => t.workspace(suffix)));
    assert.ok((await honcho.getWorkspaces()).includes(t.workspace()));
  });

  await t.check("search finds across sessions, and takes filters and a limit", async () => {
    const ann = await honcho.peer("ann");
    for (const id of ["one", "two"]) await (await honcho.session(id)).addMessages([ann.message(`The lighthouse of ${id}.`), ann.message("Something else.")]);
    assert.deepEqual((await honcho.search("lighthouse", { limit: 2 })).map(found => found.session_id).toSorted(), ["one", "two"]);
    assert.deepEqual((await honcho.search("lighthouse", { filters: { session_id: "two" }, limit: 1 })).map(found => found.content), ["The lighthouse of two."]);
  });

  await t.check("getDeriverStatus counts, pollDeriverStatus waits for zero", async () => {
    const status = await honcho.getDeriverStatus();
    assert.equal(status.totalWorkUnits, status.completedWorkUnits + status.inProgressWorkUnits + status.pendingWorkUnits);
    const done = await honcho.pollDeriverStatus({ timeoutMs: 60_000 });
    assert.deepEqual([done.inProgressWorkUnits, done.pendingWorkUnits], [0, 0]);
    assert.ok(done.completedWorkUnits > 0);
    assert.equal(done.sessions.one.session_id, "one");
    assert.ok((await honcho.getDeriverStatus({ observerId: "ann", senderId: "ann", sessionId: "two" })).completedWorkUnits > 0);
    assert.equal((await honcho.getDeriverStatus({ senderId: "nobody" })).totalWorkUnits, 0);
  });

  if (!t.since("1.5.0")) return;

  await t.check("updateMessage by message and by id", async () => {
    const [message] = await honcho.search("lighthouse of one", { limit: 1 });
    assert.deepEqual((await honcho.updateMessage(message, { seen: true })).metadata, { seen: true });
    assert.deepEqual((await honcho.updateMessage(message.id, { seen: false }, message.session_id)).metadata, { seen: false });
  });

  await t.check("deleteWorkspace deletes with active sessions, and answers with what it deleted", async () => {
    const doomed = t.client("doomed");
    await doomed.setMetadata({ last: "words" });
    await (await doomed.session("active")).addMessages([(await doomed.peer("ann")).message("I live in Oslo.")]);
    const deleted = await honcho.deleteWorkspace(t.workspace("doomed"));
    assert.deepEqual([deleted.id, deleted.metadata], [t.workspace("doomed"), { last: "words" }]);
    await t.until("workspace gone", async () => !(await honcho.getWorkspaces()).includes(t.workspace("doomed")));
    await assert.rejects(honcho.deleteWorkspace(t.workspace("nowhere")), error => error.status === 404);
  });
}
