// Without a mouse.
import assert from "node:assert/strict";
import { follow } from "../area.mjs";

export default async function run(area) {
  await area.tell("keys-only", "chat-1", ["alice: I live in Oslo and I love skiing."]);
  const focused = page => page.evaluate(() => document.activeElement.textContent.trim());

  await area.check("the first stop skips to the content, and every stop is seen", () => area.visit("#/w/keys-only", async page => {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "Skip to content");
    for (let i = 0; i < 25; i++) {
      const hidden = await page.evaluate(() => {
        const { outlineStyle } = getComputedStyle(document.activeElement);
        const { width, height } = document.activeElement.getBoundingClientRect();
        return (outlineStyle === "none" || width === 0 || height === 0) && document.activeElement !== document.body ? document.activeElement.outerHTML.slice(0, 200) : null;
      });
      assert.equal(hidden, null);
      await page.keyboard.press("Tab");
    }
  }));

  await area.check("the skip link leads to the content and not elsewhere", () => area.visit("#/w/keys-only", async page => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.deepEqual(await page.evaluate(() => [document.activeElement.id, location.hash]), ["main", "#/w/keys-only"]);
  }));

  await area.check("a page is opened, a conclusion's sources too, and a question is left with Escape", () => area.visit("#/w/keys-only", async page => {
    await page.getByRole("link", { name: "Peers", exact: true }).first().focus();
    await follow(page, () => page.keyboard.press("Enter"));
    assert.equal(await focused(page), "Peers");
    await page.getByRole("link", { name: "alice" }).focus();
    await follow(page, () => page.keyboard.press("Enter"));
    await page.getByRole("button", { name: "Sources" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("figure").first().waitFor();
    await page.getByRole("button", { name: "Retract" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal((await area.api("GET", "v1/workspaces/keys-only/conclusions?state=retracted")).total, 0);
    await page.waitForFunction(() => document.activeElement.textContent === "Retract");
  }));

  await area.check("the menu of a narrow window opens and closes", () => area.visit("#/w/keys-only", async page => {
    const menu = page.getByRole("button", { name: "Menu" });
    await menu.focus();
    await page.keyboard.press("Enter");
    assert.equal(await menu.getAttribute("aria-expanded"), "true");
    await area.screenshot(page, "menu");
    await follow(page, () => page.getByRole("link", { name: "Sessions", exact: true }).first().click());
    assert.equal(await menu.getAttribute("aria-expanded"), "false");
  }, { width: 360 }));

  await area.check("light and dark are chosen, and follow the system before", () => area.visit("#/", async page => {
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const system = await ground();
    await page.getByRole("button", { name: "Theme: as the system" }).click();
    const light = await ground();
    await page.getByRole("button", { name: "Theme: light" }).click();
    assert.equal(await ground(), system);
    assert.notEqual(light, system);
  }, { dark: true }));
}
