import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Ends what never comes; no machine is so busy that it decides a check.
const patienceMs = 90_000;

/** One area of the console: its checks, and pages that are watched for what no page may do. */
export class Area {
  #browser;
  #report;

  constructor(name, browser, hosts, report) {
    Object.assign(this, { name, hosts });
    this.#browser = browser;
    this.#report = report;
  }

  /** Runs one check and reports it; a failed check does not stop the ones after it. */
  async check(name, body) {
    const error = await Promise.resolve().then(body).then(() => null, thrown => thrown.stack ?? String(thrown));
    this.#report(this.name, name, error);
  }

  /** A tab of its own at the console, given to the body; afterwards nothing may have left the origin or failed in it. */
  async visit(hash, body, { guarded = false, width = 1440, dark = false, expected = [] } = {}) {
    const origin = guarded ? this.hosts.guardedAddress : this.hosts.address;
    const context = await this.#browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? "dark" : "light", acceptDownloads: true });
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    const wrong = [];
    page.on("request", request => { if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) wrong.push(`request to ${request.url()}`); });
    page.on("pageerror", error => wrong.push(`failed: ${error.stack}`));
    page.on("console", message => { if (message.type() === "error" && !expected.some(text => message.text().includes(text))) wrong.push(`console: ${message.text()}`); });
    await page.addInitScript(() => {
      window.shifts = [];
      new PerformanceObserver(list => list.getEntries().forEach(entry => { if (!entry.hadRecentInput) window.shifts.push(entry.value); })).observe({ type: "layout-shift", buffered: true });
    });
    try {
      await page.goto(`${origin}/console${hash}`);
      await settled(page);
      await body(page);
      assert.deepEqual(wrong, []);
    } finally {
      await context.close();
    }
  }

  screenshot(page, name) {
    return page.screenshot({ path: join(this.hosts.screenshots, `${name}.png`), fullPage: true });
  }

  /** A request to the API, by the test itself. */
  async api(method, path, body, { guarded = false, key } = {}) {
    const answer = await fetch(`${guarded ? this.hosts.guardedAddress : this.hosts.address}/${path}`, {
      method, headers: { "content-type": "application/json", ...(guarded && { authorization: `Bearer ${key ?? this.key({ ad: true })}` }) }, body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }

  /** Stores messages and returns when everything is worked out. */
  async tell(workspace, session, lines, options) {
    const messages = lines.map(line => line.split(": ")).map(([peer_id, ...words]) => ({ peer_id, content: words.join(": ") }));
    const stored = await this.api("POST", `v3/workspaces/${workspace}/sessions/${session}/messages`, { messages }, options);
    await this.api("POST", `v1/workspaces/${workspace}/sessions/${session}/flush`, undefined, options);
    const { idle } = await this.api("GET", `v1/workspaces/${workspace}/queue/idle?timeout=120`, undefined, options);
    assert.ok(idle);
    return stored;
  }

  /** A key of the guarded host with these claims (spec honcho-api §6). */
  key(claims) {
    const encode = value => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ t: new Date().toISOString(), ...claims })}`;
    return `${signed}.${createHmac("sha256", this.hosts.secret).update(signed).digest("base64url")}`;
  }
}

/** Until the page that was asked for is shown. */
export const settled = page => page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector("main").hasAttribute("aria-busy"), null, { timeout: patienceMs });

/** Follows what changes the page and waits for it. */
export async function follow(page, action) {
  const before = page.url();
  await action();
  await page.waitForFunction(address => location.href !== address, before);
  await settled(page);
}

/** What axe finds in the page: contrast, labels, order, structure. */
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(one => `${one.id}: ${one.help} (${one.nodes.map(node => node.html.slice(0, 160)).slice(0, 3).join(" | ")})`);
}
