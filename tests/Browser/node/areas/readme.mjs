// The way of the README, by the README alone: what it prints in bold is pressed in that order.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { settled } from "../area.mjs";

const mostSeconds = 120;

export default async function run(area) {
  const [, steps] = /\n## See it\n([\s\S]*?)\n## /.exec(await readFile("README.md", "utf8"));
  const names = [...steps.matchAll(/\*\*(.+?)\*\*/g)].map(match => match[1]);

  await area.check("leads from an empty server to conclusions with their sources", async () => {
    assert.deepEqual(names, ["Create", "Fill in an example", "Import conversation", "Sources"]);
    const begun = performance.now();
    await area.visit("", async page => {
      await page.getByLabel("Name").fill("readme");
      for (const name of names) {
        await page.getByRole("button", { name, exact: false }).first().click();
        await settled(page);
      }
      await page.getByRole("figure").getByText("my dog is called Bruno").or(page.getByRole("figure").first()).first().waitFor();
      await area.screenshot(page, "readme");
      assert.ok(await page.locator("article.conclusion").count() >= 2);
      await page.getByRole("link", { name: "Open in chat-1" }).first().click();
      await page.locator("[data-target]").waitFor();
    });
    assert.ok(performance.now() - begun < mostSeconds * 1000, `it took ${performance.now() - begun} ms`);
  });
}
