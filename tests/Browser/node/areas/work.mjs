// The queue, usage and budgets, keys: what the server says of them is made up here where it is hard to bring about.
import assert from "node:assert/strict";
import { settled, violations } from "../area.mjs";

const step = {
  id: "step-1", kind: "derive", state: "failed", session_id: "chat-1", observer_id: null, observed_id: null, target: null, first_message: 3, last_message: 7, reason: "The model refused: content filter", times: 5,
  created_at: "2026-01-02T03:04:05Z", failed_at: "2026-01-02T04:04:05Z",
};
const queue = {
  units: { total: 9, completed: 4, in_progress: 1, pending: 4, failed: 1 }, oldest_pending_at: "2026-01-02T03:04:05Z", oldest_pending_seconds: 95, failed_steps: 1, pending_deliveries: 2,
  sessions: [{ session_id: "chat-1", units: { total: 9, completed: 4, in_progress: 1, pending: 4, failed: 1 }, oldest_pending_at: null, oldest_pending_seconds: 95, reason: "retrying", detail: "429 of the model", until: "2026-01-02T05:04:05Z" }],
};
const usage = {
  from: "2026-01-01", to: "2026-01-10", total: { calls: 42, input_tokens: 123456, output_tokens: 6543 }, purposes: [{ purpose: "derive", calls: 40, input_tokens: 120000, output_tokens: 6000 }],
  days: [{ day: "2026-01-03", purpose: "derive", model: "thinker", calls: 30, input_tokens: 100000, output_tokens: 5000 }, { day: "2026-01-08", purpose: "derive", model: "thinker", calls: 12, input_tokens: 23456, output_tokens: 1543 }],
};

export default async function run(area) {
  const workspace = "work";
  await area.api("POST", "v3/workspaces", { id: workspace });

  await area.check("what waits is told with its reason, and a failed step is tried again", () => area.visit("#/", async page => {
    let replayed = 0;
    await page.route("**/failed-steps?**", route => route.fulfill({ json: { items: replayed ? [] : [step], total: replayed ? 0 : 1, page: 1, size: 25, pages: 1 } }));
    await page.route("**/queue", route => route.fulfill({ json: queue }));
    await page.route("**/failed-steps/step-1/replay", route => { replayed++; return route.fulfill({ status: 202, json: { ...step, state: "replaying" } }); });
    await open(page, `#/w/${workspace}/queue`);
    await page.getByText("failed, and is tried again").waitFor();
    await page.getByText("The model refused: content filter").waitFor();
    await area.screenshot(page, "queue-filled");
    assert.deepEqual(await violations(page), []);
    await page.getByRole("button", { name: "Replay derive" }).click();
    await page.getByText("No step has failed.").waitFor();
    assert.equal(replayed, 1);
  }));

  await area.check("usage is drawn and told, and a budget is set", () => area.visit("#/", async page => {
    await page.route("**/v1/workspaces/*/usage*", route => route.fulfill({ json: usage }));
    await open(page, `#/w/${workspace}/usage`);
    await page.getByRole("img", { name: "Tokens by day" }).waitFor();
    await area.screenshot(page, "usage-filled");
    assert.deepEqual(await violations(page), []);
    await page.getByLabel("Messages a day").fill("250");
    await page.getByRole("button", { name: "Save budget" }).click();
    await page.getByText("of 250").waitFor();
    assert.equal((await area.api("GET", `v1/workspaces/${workspace}/budget`)).messages_per_day, 250);
  }));

  await area.check("a key is made, shown once, rotated and revoked", () => area.visit(`#/w/${workspace}/keys`, async page => {
    await page.getByLabel("Name").fill("shop");
    await page.getByRole("button", { name: "Make key" }).click();
    const dialog = page.getByRole("dialog");
    const secret = await dialog.locator(".secret").innerText();
    assert.match(secret, /^kith_/);
    assert.deepEqual(await violations(page), []);
    await area.screenshot(page, "key-made");
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Rotate shop" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Rotate" }).click();
    await page.locator(".secret").waitFor();
    assert.notEqual(await page.locator(".secret").innerText(), secret);
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Revoke shop" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await page.getByText("revoked", { exact: true }).waitFor();
  }));
}

async function open(page, hash) {
  await page.evaluate(hash => { document.querySelector("main").setAttribute("aria-busy", "true"); location.hash = hash; }, hash);
  await settled(page);
}
