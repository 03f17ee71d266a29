import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

// Ends what never comes; no machine is so busy that it decides a check.
const patienceMs = 180_000;
const pollMs = 100;

/** A value as its JSON says it: the client fills absent settings with undefined. */
export const json = value => JSON.parse(JSON.stringify(value));

/** One area of the client: its checks, and clients whose workspaces belong to this area and version alone. */
export class Area {
  #sdk;
  #hosts;

  constructor(name, version, sdk, hosts) {
    this.name = name;
    this.version = version;
    this.#sdk = sdk;
    this.#hosts = hosts;
  }

  get sdk() {
    return this.#sdk;
  }

  get hosts() {
    return this.#hosts;
  }

  /** Whether this version of the client is the given one or newer. */
  since(version) {
    return this.version.replace("core-", "").localeCompare(version, "en", { numeric: true }) >= 0;
  }

  /** The id of a workspace that only this area and version use. */
  workspace(suffix = "main") {
    return `${this.name}-${this.version.replaceAll(".", "-")}-${suffix}`;
  }

  client(suffix, options = {}) {
    return new this.#sdk.Honcho({ workspaceId: this.workspace(suffix), baseURL: this.#hosts.address, ...options });
  }

  /** A client of the generated kind, which 1.x is built on. */
  core(options = {}) {
    return new this.#sdk.default({ baseURL: this.#hosts.address, ...options });
  }

  /** The same with a key, for the host that wants one. */
  guarded(apiKey) {
    return this.core({ baseURL: this.#hosts.guardedAddress, apiKey });
  }

  /** A key of that host with these claims (spec honcho-api §6). */
  key(claims) {
    const encode = value => Buffer.from(JSON.stringify(value)).toString("base64url");
    const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ t: new Date().toISOString(), ...claims })}`;
    return `${signed}.${createHmac("sha256", this.#hosts.secret).update(signed).digest("base64url")}`;
  }

  /** Runs one check and reports it; a failed check does not stop the ones after it. */
  async check(name, body) {
    const error = await Promise.resolve().then(body).then(() => null, thrown => thrown.stack ?? String(thrown));
    console.log(JSON.stringify({ area: this.name, name, error }));
  }

  /** Polls until the condition returns a truthy value, and returns it. */
  async until(what, condition) {
    for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(pollMs)) {
      const value = await condition();
      if (value) return value;
    }
    assert.fail(`${what}: not within ${patienceMs} ms`);
  }

  /** Waits until the queue of the client's workspace is empty. */
  idle(honcho) {
    return this.until("queue drained", async () => {
      const status = await (honcho.queueStatus ? honcho.queueStatus() : honcho.getDeriverStatus());
      return status.pendingWorkUnits + status.inProgressWorkUnits === 0 && status;
    });
  }

  /** The same through the workspaces of a generated client. */
  drained(workspaces, workspace) {
    return this.until("queue drained", async () => {
      const status = await workspaces.deriverStatus(workspace);
      return status.pending_work_units + status.in_progress_work_units === 0;
    });
  }
}
