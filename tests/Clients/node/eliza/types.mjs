import assert from "node:assert/strict";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const madeHere = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

// A Date in the client's types; it never makes one of the text that it gets (spec eliza-sessions §3).
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

const optional = type => ({ optional: type });
const list = type => ({ list: type });
const timeouts = { timeoutMinutes: "number", autoRenew: "boolean", maxDurationMinutes: "number", warningThresholdMinutes: "number" };
const status = { expiresAt: time, renewalCount: "number", wasRenewed: "boolean", isNearExpiration: "boolean" };

const created = { sessionId: madeHere, channelId: madeHere, agentId: uuid, userId: uuid, createdAt: time, metadata: "object", expiresAt: time, timeoutConfig: timeouts };
const info = { ...created, lastActivity: time, renewalCount: "number", timeRemaining: "number", isNearExpiration: "boolean" };
const message = { id: uuid, content: "string", authorId: uuid, isAgent: "boolean", createdAt: time, metadata: "object" };
const answer = { text: "string", thought: optional("string"), actions: optional(list("string")) };

// Flat up to 1.6, in parts from 1.7 on; one body serves both.
const said = { id: madeHere, content: "string", authorId: uuid, createdAt: time, metadata: "object" };
const sent = { ...said, success: "boolean", userMessage: said, agentResponse: optional(answer), sessionStatus: status };

/** What each method of client.sessions resolves to, by the package's declarations and the server's extra members (spec eliza-sessions §3 and §5.3). */
const results = {
  checkHealth: { status: /^healthy$/, activeSessions: "number", timestamp: time, expiringSoon: "number", uptime: "number" },
  createSession: created,
  getSession: info,
  listSessions: { sessions: list(info), total: "number", stats: { totalSessions: "number", activeSessions: "number", expiredSessions: "number" } },
  sendMessage: sent,
  sendMessageSync: sent,
  getMessages: { messages: list(message), hasMore: "boolean", cursors: optional({ before: "number", after: "number" }) },
  deleteSession: { success: "boolean" },
};

/** Fails unless the value is of the type that the method promises. */
export function check(method, value) {
  assert.ok(results[method], `no type is known for ${method}`);
  fits(value, results[method], method);
}

function fits(value, type, place) {
  if (type.optional) return value === undefined || fits(value, type.optional, place);
  if (typeof type === "string") {
    assert.equal(typeof value, type, place);
    assert.ok(value !== null && !Number.isNaN(value), place);
  } else if (type instanceof RegExp) {
    assert.match(value, type, place);
  } else if (type.list) {
    assert.ok(Array.isArray(value), place);
    value.forEach((item, index) => fits(item, type.list, `${place}[${index}]`));
  } else {
    assert.equal(typeof value, "object", place);
    for (const [name, member] of Object.entries(type)) fits(value[name], member, `${place}.${name}`);
  }
}
