import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

const patienceMs = 30_000;
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
    return this.version.localeCompare(version, "en", { numeric: true }) >= 0;
  }

  /** The id of a workspace that only this area and version use. */
  workspace(suffix = "main") {
    return `${this.name}-${this.version.replaceAll(".", "-")}-${suffix}`;
  }

  client(suffix, options = {}) {
    return new this.#sdk.Honcho({ workspaceId: this.workspace(suffix), baseURL: this.#hosts.address, ...options });
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
      const status = await honcho.queueStatus();
      return status.pendingWorkUnits + status.inProgressWorkUnits === 0 && status;
    });
  }
}
