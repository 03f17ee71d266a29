// What people change in place: correct, pin, retract, write, erase; and questions, imports and exports.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { follow, settled, violations } from "../area.mjs";

export default async function run(area) {
  const workspace = "changes";
  await area.tell(workspace, "chat-1", ["alice: I moved from Berlin to Rome in May 2023.", "alice: I love hiking and my dog is called Bruno.", "alice: My sister visits me every summer.", "bob: I play the cello."]);
  const listed = async state => (await area.api("GET", `v1/workspaces/${workspace}/conclusions?observer=alice&observed=alice&state=${state}`)).items;

  await area.check("a conclusion is corrected, pinned and retracted in place, and the peer erased with a receipt", () => area.visit(`#/w/${workspace}/peers/alice`, async page => {
    const conclusion = text => page.locator("article.conclusion", { hasText: text });
    await conclusion("Rome").getByRole("button", { name: "Correct" }).click();
    await page.getByLabel("What is true instead").fill("alice moved to Naples in May 2023.");
    await page.getByRole("button", { name: "Save correction" }).click();
    await conclusion("Naples").getByText("human").waitFor();
    const [corrected] = (await listed("current")).filter(one => one.content.includes("Naples"));
    assert.equal(corrected.origin, "human");
    assert.equal(corrected.supersedes.length, 1);

    await conclusion("Naples").getByRole("button", { name: "Pin" }).click();
    await conclusion("Naples").getByRole("button", { name: "Unpin" }).waitFor();
    assert.ok((await listed("current")).find(one => one.id === corrected.id).pinned);
    await conclusion("Naples").getByRole("button", { name: "History" }).click();
    await conclusion("Naples").locator(".history", { hasText: "Rome" }).waitFor();

    await conclusion("sister").getByRole("button", { name: "Retract" }).click();
    assert.deepEqual(await violations(page), []);
    await area.screenshot(page, "retract");
    await page.getByRole("dialog").getByRole("button", { name: "Retract" }).click();
    await conclusion("sister").getByText("retracted").waitFor();
    // The one that was corrected was never true either.
    assert.deepEqual((await listed("retracted")).map(one => one.content.includes("sister")).sort(), [false, true]);
    await area.screenshot(page, "changed");

    await follow(page, () => page.getByRole("main").getByRole("link", { name: "Erase", exact: true }).click());
    await page.locator("main form").getByRole("button", { name: "Erase" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Type alice to go on").fill("alice");
    await dialog.getByRole("button", { name: "Erase" }).click();
    await page.locator("article", { hasText: "A peer: alice" }).getByText("completed").waitFor();
    await page.getByRole("button", { name: "Prove the erasure of alice" }).click();
    await page.getByText("nothing is left").waitFor();
    await area.screenshot(page, "receipt");
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await listed("current"), []);
  }));

  await area.check("a card and a conclusion are written", () => area.visit(`#/w/${workspace}/peers/bob`, async page => {
    await page.getByRole("button", { name: "Edit the card" }).click();
    await page.getByLabel("One line each").fill("Name: Bob\n\nPlays the cello");
    await page.getByRole("button", { name: "Save card" }).click();
    await page.getByText("Plays the cello", { exact: true }).waitFor();
    assert.deepEqual((await area.api("GET", `v3/workspaces/${workspace}/peers/bob/card`)).peer_card, ["Name: Bob", "Plays the cello"]);
    await page.getByText("Write a conclusion").click();
    await page.getByLabel("What bob should know about bob").fill("bob is left-handed");
    await page.getByRole("button", { name: "Remember" }).click();
    await page.locator("article.conclusion", { hasText: "left-handed" }).waitFor();
  }));

  await area.check("one conclusion is erased from where it stands", () => area.visit(`#/w/${workspace}/peers/bob`, async page => {
    const conclusion = page.locator("article.conclusion", { hasText: "left-handed" });
    await conclusion.getByRole("button", { name: "Erase" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Erase" }).click();
    await page.getByRole("link", { name: "See the receipt" }).click();
    await page.locator("article", { hasText: "A conclusion" }).first().waitFor();
  }));

  await area.check("an answer names what it rests on", async () => {
    await area.tell("asked", "chat-1", ["dora: I live in Lisbon and my dog is called Rex."]);
    await area.visit("#/w/asked/ask?peer=dora", async page => {
      await page.getByLabel("Question").fill("What is the dog of dora called?");
      await page.getByRole("button", { name: "Ask" }).click();
      await page.getByText("Conclusions it rests on").waitFor();
      assert.match(await page.locator(".answer .pre").innerText(), /Rex/);
      await page.getByText("by extractive").waitFor();
      await page.locator(".cited summary").first().click();
      await page.getByRole("figure").getByRole("link", { name: "Open in chat-1" }).waitFor();
      await area.screenshot(page, "answer");
      assert.deepEqual(await violations(page), []);
    });
  });

  await area.check("an export is downloaded, and imported again elsewhere", async () => {
    let saved;
    await area.visit("#/w/asked/import", async page => {
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Download" }).click();
      assert.equal((await download).suggestedFilename(), "asked.jsonl");
      saved = await readFile(await (await download).path());
    });
    assert.match(saved.toString(), /my dog is called Rex/);
    await area.api("POST", "v3/workspaces", { id: "brought" });
    await area.visit("#/w/brought/import", async page => {
      await page.getByLabel("Made by").selectOption("kith");
      await page.getByLabel("File").setInputFiles({ name: "asked.jsonl", mimeType: "application/x-ndjson", buffer: saved });
      await page.getByRole("button", { name: "Import file" }).click();
      await page.getByRole("table").getByText("completed").waitFor();
      await area.screenshot(page, "imported");
      await page.goto(`${area.hosts.address}/console#/w/brought/sessions/chat-1`);
      await settled(page);
      await page.getByText("my dog is called Rex").waitFor();
    });
  });

  await area.check("a file that is none of that kind is refused with words", () => area.visit("#/w/brought/import", async page => {
    await page.getByLabel("File").setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await page.getByRole("button", { name: "Import file" }).click();
    await page.getByRole("alert").getByText("conversations.json").waitFor();
  }, { expected: ["400"] }));
}
