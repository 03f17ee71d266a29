// Connects a workspace to all six platforms and sends each one's example event, signed as the platform signs it.
//   node samples/platforms/replay.mjs [http://127.0.0.1:8000] [workspace]
// With authentication on: KITH_API_KEY=…  Node 20 or newer; no packages.
import { createHmac, generateKeyPairSync, sign } from "node:crypto";

const base = (process.argv[2] ?? "http://127.0.0.1:8000").replace(/\/$/, "");
const workspace = process.argv[3] ?? `platforms-${Date.now()}`;
const key = process.env.KITH_API_KEY;
const now = () => Math.floor(Date.now() / 1000).toString();
const hmac = (hash, secret, ...parts) => parts.reduce((mac, part) => mac.update(part), createHmac(hash, secret));

async function api(method, path, body) {
  const headers = { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) };
  const reply = await fetch(base + path, { method, headers, body: body && JSON.stringify(body) });
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
  return reply.json();
}

const connect = connection => api("POST", `/v1/workspaces/${workspace}/connections`, connection);

async function send(name, path, body, headers, type = "application/json") {
  const reply = await fetch(base + path, { method: "POST", headers: { "content-type": type, ...headers }, body });
  const tampered = await fetch(base + path, { method: "POST", headers: { "content-type": type, ...headers }, body: body + " " });
  console.log(`${name.padEnd(9)} ${reply.status} ${(await reply.text()).slice(0, 80)}   with one more byte: ${tampered.status}`);
  if (reply.status >= 300 || (name !== "telegram" && tampered.status !== 401)) process.exitCode = 1;
}

async function slack() {
  const secret = "8f742231b10e8888abcd99yyyzzz85a5";
  const { path } = await connect({ platform: "slack", secrets: { signing_secret: secret }, settings: { bot_user: "UBOT" } });
  const body = JSON.stringify({ type: "event_callback", team_id: "T1", api_app_id: "A1", event_id: "Ev1", event: { type: "message", channel: "C1", channel_type: "channel", user: "U1", text: "I live in Rome.", ts: "1700000000.000100" } });
  const at = now();
  await send("slack", path, body, { "x-slack-request-timestamp": at, "x-slack-signature": "v0=" + hmac("sha256", secret, `v0:${at}:`, body).digest("hex") });
}

async function telegram() {
  const { path } = await connect({ platform: "telegram", secrets: { secret_token: "a_secret-token" } });
  const body = JSON.stringify({ update_id: 1, message: { message_id: 1, from: { id: 7, is_bot: false, first_name: "Ann" }, chat: { id: 7, type: "private" }, date: 1700000000, text: "I love tea." } });
  await send("telegram", path, body, { "x-telegram-bot-api-secret-token": "a_secret-token" });
}

async function discord() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const hex = publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("hex");
  const { path } = await connect({ platform: "discord", secrets: { public_key: hex }, settings: { application_id: "77" } });
  const interactions = [
    { type: 1, id: "1", application_id: "77" },
    { type: 2, id: "1240000000000000000", application_id: "77", token: "t", guild_id: "8", channel_id: "9", member: { user: { id: "4", username: "ann" } }, data: { id: "1", name: "remember", type: 1, options: [{ name: "text", type: 3, value: "I play chess." }] } },
  ];
  for (const interaction of interactions) {
    const [body, at] = [JSON.stringify(interaction), now()];
    await send("discord", path, body, { "x-signature-timestamp": at, "x-signature-ed25519": sign(null, Buffer.from(at + body), privateKey).toString("hex") });
  }
}

async function whatsApp() {
  const { path } = await connect({ platform: "whatsapp", secrets: { app_secret: "app secret", verify_token: "verify me" } });
  const greeting = await fetch(`${base}${path}?hub.mode=subscribe&hub.verify_token=verify%20me&hub.challenge=1158201444`);
  console.log(`whatsapp  ${greeting.status} ${await greeting.text()}   (the handshake)`);
  const body = JSON.stringify({ object: "whatsapp_business_account", entry: [{ id: "1", changes: [{ field: "messages", value: { messaging_product: "whatsapp", metadata: { display_phone_number: "15550001", phone_number_id: "555" }, contacts: [{ profile: { name: "Ann" }, wa_id: "4911" }], messages: [{ from: "4911", id: "wamid.1", timestamp: "1700000000", type: "text", text: { body: "I work as a nurse. 🦔" } }] } }] }] });
  await send("whatsapp", path, body, { "x-hub-signature-256": "sha256=" + hmac("sha256", "app secret", body).digest("hex") });
}

async function twilio() {
  const { path } = await connect({ platform: "twilio", secrets: { auth_token: "12345" }, settings: { account_sid: "AC1", public_base: base } });
  const fields = { MessageSid: "SM1", From: "+15551112222", To: "+18005551212", Body: "I have two cats." };
  const signed = base + path + Object.keys(fields).sort().map(name => name + fields[name]).join("");
  await send("twilio", path, new URLSearchParams(fields).toString(), { "x-twilio-signature": hmac("sha1", "12345", signed).digest("base64") }, "application/x-www-form-urlencoded");
}

async function teams() {
  // Only Microsoft can sign what this one accepts: what is shown is that nobody else can.
  const { path } = await connect({ platform: "teams", settings: { app_id: "11111111-2222-3333-4444-555555555555" } });
  const part = value => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "HS256", kid: "x" })}.${part({ iss: "https://api.botframework.com", aud: "11111111-2222-3333-4444-555555555555" })}.`;
  const body = JSON.stringify({ type: "message", id: "1", channelId: "msteams", serviceUrl: "https://smba.trafficmanager.net/emea/", from: { id: "29:a", aadObjectId: "a" }, conversation: { id: "c", conversationType: "personal" }, text: "I live in Rome." });
  const reply = await fetch(base + path, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${token}${hmac("sha256", "x", token).digest("base64url")}` }, body });
  console.log(`teams     ${reply.status}   (a token that is not Bot Service's)`);
  if (reply.status !== 401) process.exitCode = 1;
}

for (const platform of [slack, telegram, discord, whatsApp, twilio, teams]) await platform();
const sessions = await api("POST", `/v3/workspaces/${workspace}/sessions/list`, {});
console.log(`\nWorkspace ${workspace} has ${sessions.total} sessions:`);
for (const { id } of sessions.items) {
  const messages = await api("POST", `/v3/workspaces/${workspace}/sessions/${id}/messages/list`, {});
  for (const message of messages.items) console.log(`  ${id}   ${message.peer_id}: ${message.content}`);
}
if (sessions.total !== 5) process.exitCode = 1;
