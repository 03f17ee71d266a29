import assert from "node:assert/strict";

export default async function scopes(t) {
  const honcho = t.client();
  const sam = await honcho.peer("sam");
  const work = await honcho.session("work");
  const home = await honcho.session("home");
  await work.addMessages(sam.message("I lead the payments team."));
  await home.addMessages(sam.message("I keep bees on the roof."));
  await t.idle(honcho);
  const scope = await honcho.scope("office", { metadata: { floor: 3 } });
  const ids = async options => (await (await scope.sessions(options)).toArray()).map(session => session.id);

  await t.check("scope returns id, metadata, createdAt, toString", async () => {
    assert.deepEqual([scope.id, scope.workspaceId, scope.metadata], ["office", t.workspace(), { floor: 3 }]);
    assert.ok(Math.abs(Date.parse(scope.createdAt) - Date.now()) < 60_000);
    assert.match(String(scope), /^Scope\(id='office'/);
    assert.deepEqual((await honcho.scope("office", { metadata: { floor: 9 } })).metadata, { floor: 3 });
  });

  await t.check("addSessions, sessions, removeSession", async () => {
    await scope.addSessions([work]);
    await scope.addSessions([work, "home"]);
    assert.deepEqual(await ids(), ["work", "home"]);
    assert.deepEqual(await ids({ size: 1, reverse: true }), ["home", "work"]);
    await scope.removeSession(home);
    assert.deepEqual(await ids(), ["work"]);
    await assert.rejects(scope.addSessions(["no-such-session"]), t.sdk.NotFoundError);
  });

  await t.check("status tells when the history is there", async () => {
    const status = await t.until("history copied", async () => {
      const now = await scope.status();
      return now.backfillStatus.work?.state === "completed" && now;
    });
    assert.ok(Date.parse(status.backfillStatus.work.updatedAt));
  });

  await t.check("scopes lists, in both orders", async () => {
    for (const id of ["attic", "cellar"]) await honcho.scope(id);
    assert.deepEqual((await (await honcho.scopes({ size: 2 })).toArray()).map(found => found.id), ["office", "attic", "cellar"]);
    assert.deepEqual((await (await honcho.scopes({ reverse: true })).toArray()).map(found => found.id), ["cellar", "attic", "office"]);
    assert.ok(!(await (await honcho.peers()).toArray()).some(peer => peer.id.includes("office")));
  });

  if (t.since("2.5.0"))
    await t.check("getScope reads without creating", async () => {
      assert.deepEqual((await honcho.getScope("office")).metadata, { floor: 3 });
      await assert.rejects(honcho.getScope("no-such-scope"), t.sdk.NotFoundError);
    });

  await t.check("search within a scope", async () => {
    assert.deepEqual((await honcho.search("payments bees", { scope })).map(message => message.sessionId), ["work"]);
    assert.deepEqual(await honcho.search("bees", { scope: "attic" }), []);
  });

  await t.check("representation within a scope, or several", async () => {
    const text = await sam.representation({ scope });
    assert.match(text, /payments/);
    assert.doesNotMatch(text, /bees/);
    assert.match(await sam.representation({ scope: ["office", "attic"] }), /payments/);
  });

  await t.check("chat within a scope, or several", async () => {
    assert.match(await sam.chat("Which team does sam lead?", { scope }), /payments/);
    assert.doesNotMatch(await sam.chat("Where does sam keep bees?", { scope }), /roof/);
    assert.doesNotMatch(await sam.chat("Where does sam keep bees?", { scope: ["office", "attic"] }), /roof/);
    assert.match((await (await sam.chatStream("Which team does sam lead?", { scope: "office" })).toArray()).join(""), /payments/);
  });

  await t.check("workspace chat within a scope", async () => {
    assert.match(await honcho.chat("Which team does sam lead?", { scope: "office" }), /payments/);
    assert.doesNotMatch(await honcho.chat("Where does sam keep bees?", { scope: ["office", "attic"] }), /roof/);
  });

  await t.check("context from the view of a scope", async () => {
    const context = await work.context({ peerTarget: sam, scope });
    assert.match(context.peerRepresentation, /payments/);
    assert.doesNotMatch(context.peerRepresentation, /bees/);
  });

  await t.check("a session that starts in a scope feeds it", async () => {
    const standup = await honcho.session("standup", { scopes: [scope, "tower"] });
    await standup.addMessages(sam.message("I moved to Madrid."));
    await t.idle(honcho);
    assert.deepEqual(await ids(), ["work", "standup"]);
    assert.match(await sam.representation({ scope: "tower" }), /Madrid/);
    assert.match(await sam.representation({ scope }), /payments[\s\S]*Madrid/);
  });
}
