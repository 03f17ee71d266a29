// Discord sends ordinary channel messages through its gateway only, a connection that has to be held open. This holds one and hands every message to Kith, named as
// the hooks name them, so that a channel here and /remember there are one memory. Run it wherever something may run always; when it stops, it misses what is said meanwhile.
//   DISCORD_TOKEN=… KITH_BASE_URL=https://… KITH_API_KEY=… node samples/platforms/discord-relay.mjs my-workspace
// The bot needs the intents "Message Content" and "Server Members". Node 22 or newer; no packages.
const [token, base, key, workspace] = [process.env.DISCORD_TOKEN, (process.env.KITH_BASE_URL ?? "http://127.0.0.1:8000").replace(/\/$/, ""), process.env.KITH_API_KEY, process.argv[2]];
if (!token || !workspace) throw new Error("usage: DISCORD_TOKEN=… node discord-relay.mjs WORKSPACE");

const Intents = (1 << 9) | (1 << 12) | (1 << 15); // messages of servers, direct messages, their content
const api = `${base}/v3/workspaces/${workspace}`;
const headers = { "content-type": "application/json", ...(key ? { authorization: `Bearer ${key}` } : {}) };

async function store(message) {
  if (!message.content) return;
  const session = message.guild_id ? `discord_${message.guild_id}_${message.channel_id}` : `discord_${message.channel_id}`;
  const peer = `discord_${message.author.id}`;
  const body = { messages: [{ peer_id: peer, content: message.content, created_at: message.timestamp, client_id: `discord/${message.id}` }] };
  for (let tries = 0; ; tries++) {
    // A message that is there already is not stored again, however often it is sent.
    const reply = await fetch(`${api}/sessions/${session}/messages`, { method: "POST", headers, body: JSON.stringify(body) }).catch(() => null);
    if (reply?.ok || (reply && reply.status < 500 && reply.status !== 429)) return reply.ok || console.error(`${reply.status} for a message in ${session}`);
    if (tries === 8) return console.error(`given up on a message in ${session}`);
    await new Promise(done => setTimeout(done, 1000 * 2 ** tries));
  }
}

let sequence = null, resume = null;
function connect(address) {
  const socket = new WebSocket(`${address}/?v=10&encoding=json`);
  let beat, isHeard = true;
  const send = (op, d) => socket.send(JSON.stringify({ op, d }));
  socket.onmessage = ({ data }) => {
    const { op, d, s, t } = JSON.parse(data);
    sequence = s ?? sequence;
    if (op === 10) {
      beat = setInterval(() => { if (!isHeard) return socket.close(); isHeard = false; send(1, sequence); }, d.heartbeat_interval);
      if (resume) send(6, { token, session_id: resume.id, seq: sequence });
      else send(2, { token, intents: Intents, properties: { os: "linux", browser: "kith", device: "kith" } });
    } else if (op === 11) isHeard = true;
    else if (op === 1) send(1, sequence);
    else if (op === 7) socket.close();
    else if (op === 9) { if (!d) resume = sequence = null; socket.close(); }
    else if (t === "READY") { resume = { id: d.session_id, address: d.resume_gateway_url }; console.log(`listening as ${d.user.username}`); }
    else if (t === "MESSAGE_CREATE") void store(d);
  };
  socket.onclose = ({ code }) => {
    clearInterval(beat);
    if ([4004, 4010, 4011, 4012, 4013, 4014].includes(code)) throw new Error(`Discord closed the connection for good: ${code}`);
    setTimeout(() => connect(resume?.address ?? address), 5000);
  };
}
connect("wss://gateway.discord.gg");
