// Every page, filled and empty, narrow and wide, light and dark: nothing for axe to find, nothing beyond the edge, nothing that jumps.
import assert from "node:assert/strict";
import { settled, violations } from "../area.mjs";

export default async function run(area) {
  await area.tell("pages", "chat-1", [
    "alice: I moved from Berlin to Rome in May 2023.", "bob: How do you like it there?", "alice: I love hiking in the hills, and my dog is called Bruno.",
    "alice: My sister visits me every summer.", "alice: I moved to Paris in June 2024.", "bob: I work as a carpenter.",
  ]);
  await area.api("PUT", "v3/workspaces/pages/sessions/chat-1/peers", { alice: { observe_others: true }, bob: { observe_others: true } });
  await area.tell("pages", "chat-1", ["bob: I play the cello.", "carol: I am allergic to nuts."]);
  await area.api("POST", "v1/workspaces/pages/keys", { name: "bot", read_only: true });
  await area.api("PUT", "v1/workspaces/pages/settings", { messagesPerDay: 1000 });
  await area.api("POST", "v3/workspaces", { id: "bare" });
  await area.api("POST", "v3/workspaces/bare/peers", { id: "carol" });
  await area.api("POST", "v3/workspaces/bare/sessions", { id: "silent" });

  const sections = ["", "/peers", "/peers/{peer}", "/sessions", "/sessions/{session}", "/graph", "/search", "/ask", "/queue", "/usage", "/keys", "/import", "/erase"];
  const pages = [["workspaces", "#/"]];
  for (const [workspace, peer, session] of [["pages", "alice", "chat-1"], ["bare", "carol", "silent"]]) {
    for (const section of sections) {
      const name = `${workspace === "bare" ? "empty-" : ""}${section.replace("{peer}", "one").replace("{session}", "one").slice(1).replaceAll("/", "-") || "overview"}`;
      pages.push([name, `#/w/${workspace}${section.replace("{peer}", peer).replace("{session}", session)}`]);
    }
  }

  pages.push(["found", "#/w/pages/search?query=dog"], ["missing", "#/w/pages/nothing"]);

  for (const { width, dark } of [{ width: 1440, dark: false }, { width: 360, dark: true }]) {
    await area.visit("#/", async page => {
      for (const [name, hash] of pages) {
        await area.check(`${name} at ${width} px, ${dark ? "dark" : "light"}`, async () => {
          await open(page, hash);
          await area.screenshot(page, `${name}-${width}-${dark ? "dark" : "light"}`);
          assert.deepEqual(await violations(page), []);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "something is wider than the window");
        });
      }
    }, { width, dark });
    await area.check(`nothing moves while pages load at ${width} px`, async () => {
      for (const hash of ["#/", "#/w/pages", "#/w/pages/peers/alice"])
        await area.visit(hash, async page => assert.deepEqual(await page.evaluate(() => window.shifts), []), { width });
    });
  }
}

async function open(page, hash) {
  await page.evaluate(hash => { document.querySelector("main").setAttribute("aria-busy", "true"); location.hash = hash; window.dispatchEvent(new HashChangeEvent("hashchange")); }, hash);
  await settled(page);
}
