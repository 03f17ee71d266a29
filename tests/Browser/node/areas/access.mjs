// Keys: asked for where the server asks, kept in memory only; and what the page says when something is wrong.
import assert from "node:assert/strict";
import { settled } from "../area.mjs";

const guarded = { guarded: true, expected: ["401"] };

export default async function run(area) {
  await area.tell("locked", "chat-1", ["alice: I live in Oslo."], { guarded: true });
  const make = async values => (await area.api("POST", "v1/workspaces/locked/keys", { name: "test", ...values }, { guarded: true })).token;

  await area.check("a key is asked for, a wrong one refused with words, and a right one kept nowhere", () => area.visit("#/w/locked/peers/alice", async page => {
    await enter(page, "not-a-key");
    await page.getByRole("alert").getByText("does not know this key").waitFor();
    await enter(page, area.key({ ad: true }));
    await page.getByRole("heading", { name: "alice" }).waitFor();
    await page.locator("article.conclusion", { hasText: "Oslo" }).waitFor();
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
    assert.ok(!page.url().includes("kith_"));
    await page.reload();
    await page.getByRole("heading", { name: "Paste a key" }).waitFor();
    await area.screenshot(page, "sign-in");
  }, guarded));

  await area.check("a key of a workspace leads there and to no list of others", async () => {
    const key = await make({});
    await area.visit("#/", async page => {
      await enter(page, key);
      await page.getByRole("heading", { name: "locked" }).waitFor();
      await page.getByRole("link", { name: "Kith", exact: true }).click();
      await page.getByText("opens one workspace and does not list them").waitFor();
    }, guarded);
  });

  await area.check("with a key that only reads nothing can be changed", async () => {
    const key = await make({ read_only: true });
    await area.visit("#/w/locked/peers/alice", async page => {
      await enter(page, key);
      await page.locator("article.conclusion", { hasText: "Oslo" }).waitFor();
      assert.ok(await page.getByRole("button", { name: "Sources" }).first().isVisible());
      for (const name of ["Correct", "Pin", "Retract", "Erase", "Edit the card"])
        assert.equal(await page.getByRole("button", { name }).count(), 0, name);
    }, guarded);
  });

  await area.check("a key of a peer is told what it is", async () => {
    const key = await make({ peer: "alice" });
    await area.visit("#/", async page => {
      await enter(page, key);
      await page.getByRole("alert").getByText("This is a key of peer alice").waitFor();
    }, guarded);
  });

  await area.check("a server that is gone and a thing that is not there are told with what to do", () => area.visit("#/", async page => {
    await page.route("**/v3/workspaces/list**", route => route.abort());
    await page.reload();
    await page.getByRole("heading", { name: "The server does not answer" }).waitFor();
    await area.screenshot(page, "no-server");
    await page.unroute("**/v3/workspaces/list**");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Workspaces" }).waitFor();
    await page.goto(`${area.hosts.address}/console#/w/nowhere/sessions/nothing`);
    await page.getByRole("heading", { name: "There is no such thing" }).waitFor();
    await settled(page);
  }, { expected: ["ERR_FAILED", "404"] }));

  await area.check("what messages say is text and runs nothing", async () => {
    const bad = "<img src=x onerror=window.ran=1><script>window.ran=1</script> I love <b>tea</b>";
    await area.tell("markup", "chat-1", [`eve: ${bad}`]);
    await area.visit("#/w/markup/sessions/chat-1", async page => {
      await page.getByText("<script>window.ran=1</script>").waitFor();
      assert.equal(await page.evaluate(() => window.ran), undefined);
    });
  });
}

async function enter(page, key) {
  await page.getByLabel("Key").fill(key);
  await page.getByRole("button", { name: "Open", exact: true }).click();
}
