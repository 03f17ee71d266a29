import assert from "node:assert/strict";

export default async function errors(t) {
  const { sdk } = t;
  const honcho = t.client();
  const peer = await honcho.peer("tom", { metadata: {} });
  const session = await honcho.session("here", { metadata: {} });

  await t.check("404 is NotFoundError with the reason", () =>
    assert.rejects(peer.chat("Hello?", { session: "nowhere" }), error =>
      error instanceof sdk.NotFoundError && error instanceof sdk.HonchoError && error.status === 404 && /Session nowhere not found/.test(error.message)));

  await t.check("422 is UnprocessableEntityError with the reason", async () => {
    await assert.rejects(session.messages({ no_such_column: 1 }), error =>
      error instanceof sdk.UnprocessableEntityError && error.status === 422 && /no_such_column/.test(error.message));
    await assert.rejects(honcho.http.post(`/v3/workspaces/${t.workspace()}/peers`, { body: { id: "not valid!" } }), error =>
      error instanceof sdk.UnprocessableEntityError && Array.isArray(error.body.detail));
  });

  await t.check("404 of an unknown route", () => assert.rejects(honcho.http.get("/v3/nowhere"), sdk.NotFoundError));

  const guarded = apiKey => t.client(undefined, { baseURL: t.hosts.guardedAddress, apiKey });

  await t.check("401 without a key, with a wrong one, and with a key of another workspace", async () => {
    for (const apiKey of [undefined, "not-a-key", `${t.key({ ad: true })}x`, t.key({ w: "elsewhere" })])
      await assert.rejects(guarded(apiKey).getMetadata(), error => error instanceof sdk.AuthenticationError && error.status === 401, apiKey);
  });

  await t.check("an admin key opens everything, a workspace key its workspace", async () => {
    const admin = guarded(t.key({ ad: true }));
    await admin.setMetadata({ by: "admin" });
    assert.ok((await (await admin.workspaces()).toArray()).includes(t.workspace()));
    const owner = guarded(t.key({ w: t.workspace() }));
    assert.deepEqual(await owner.getMetadata(), { by: "admin" });
    await assert.rejects(owner.workspaces(), sdk.AuthenticationError);
  });

  await t.check("a peer key reads its own card and no other", async () => {
    await (await guarded(t.key({ ad: true })).peer("uma")).setCard(["Name: Uma"]);
    const http = guarded(t.key({ w: t.workspace(), p: "uma" })).http;
    const card = peer => http.get(`/v3/workspaces/${t.workspace()}/peers/${peer}/card`);
    assert.deepEqual(await card("uma"), { peer_card: ["Name: Uma"] });
    await assert.rejects(card("tom"), sdk.AuthenticationError);
  });
}
