import assert from "node:assert/strict";
import { json } from "../area.mjs";

export default async function workspaces(t) {
  const honcho = t.client();

  await t.check("new Honcho, baseURL, workspaceId, toString", () => {
    assert.equal(honcho.workspaceId, t.workspace());
    assert.equal(honcho.baseURL, t.hosts.address);
    assert.equal(String(honcho), `Honcho(workspaceId='${t.workspace()}', baseURL='${t.hosts.address}')`);
  });

  await t.check("http reaches the host", async () => {
    assert.deepEqual(await honcho.http.get("/health"), { status: "ok" });
  });

  await t.check("getMetadata, setMetadata replace as a whole", async () => {
    assert.deepEqual(await honcho.getMetadata(), {});
    await honcho.setMetadata({ plan: "free", limits: { seats: 3 }, tags: ["a", "b"], none: null });
    assert.deepEqual(await t.client().getMetadata(), { plan: "free", limits: { seats: 3 }, tags: ["a", "b"], none: null });
    await honcho.setMetadata({ plan: "paid" });
    assert.deepEqual(await honcho.getMetadata(), { plan: "paid" });
    assert.deepEqual(honcho.metadata, { plan: "paid" });
  });

  await t.check("getConfiguration, setConfiguration merge by section", async () => {
    const configuration = {
      reasoning: { enabled: true, customInstructions: "Only what is said." },
      peerCard: { use: true, create: false },
      summary: { enabled: true, messagesPerShortSummary: 12, messagesPerLongSummary: 40 },
      dream: { enabled: false },
    };
    await honcho.setConfiguration(configuration);
    assert.deepEqual(json(await t.client().getConfiguration()), configuration);
    await honcho.setConfiguration({ dream: { enabled: true } });
    assert.deepEqual(json(await honcho.getConfiguration()), { ...configuration, dream: { enabled: true } });
    assert.deepEqual(json(honcho.configuration), { ...configuration, dream: { enabled: true } });
  });

  await t.check("refresh sees what another client wrote", async () => {
    await t.client().setMetadata({ plan: "refreshed" });
    await honcho.refresh();
    assert.deepEqual(honcho.metadata, { plan: "refreshed" });
  });

  await t.check("workspaces lists, filters and iterates", async () => {
    const ids = ["list-1", "list-2", "list-3", "list-4", "list-5"].map(suffix => t.workspace(suffix));
    for (const id of ids) await t.client(id.slice(t.workspace("").length)).setMetadata({ family: t.workspace() });
    const filters = { metadata: { family: t.workspace() } };
    const page = await honcho.workspaces(t.since("2.1.0") ? { filters, size: 2 } : filters);
    assert.equal(page.total, 5);
    assert.deepEqual(await page.toArray(), ids);
    if (t.since("2.1.0")) {
      assert.equal(page.pages, 3);
      assert.deepEqual(await (await honcho.workspaces({ filters, reverse: true })).toArray(), ids.toReversed());
    }
  });

  await t.check("deleteWorkspace is refused while a session is active, accepted afterwards", async () => {
    const doomed = t.client("doomed");
    const session = await doomed.session("last", { metadata: {} });
    await assert.rejects(honcho.deleteWorkspace(t.workspace("doomed")), error =>
      error instanceof t.sdk.ConflictError && error.status === 409 && /active session/.test(error.message));
    await session.delete();
    await honcho.deleteWorkspace(t.workspace("doomed"));
    const listed = async () => (await (await honcho.workspaces({ id: t.workspace("doomed") })).toArray()).length;
    await t.until("workspace gone", async () => await listed() === 0);
  });

  await t.check("deleteWorkspace of an unknown workspace is NotFoundError", () =>
    assert.rejects(honcho.deleteWorkspace(t.workspace("nowhere")), t.sdk.NotFoundError));
}
