// The HTTP API of the server that this page came from. The key lives here, in memory, until the page is closed.
const root = new URL("..", import.meta.url);
let key = "";

export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const setKey = value => { key = value; };
export const hasKey = () => key !== "";

/** Of path segments, each encoded; the last argument may be the query. */
export function path(strings, ...values) {
  return strings.reduce((whole, part, i) => whole + encodeURIComponent(values[i - 1]) + part);
}

export function query(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

/** The answer itself, for streams; refusals are thrown. */
export async function send(method, target, body, signal) {
  const headers = {};
  if (key) headers.authorization = `Bearer ${key}`;
  if (body !== undefined && !(body instanceof Blob)) headers["content-type"] = "application/json";
  let answer;
  try {
    answer = await fetch(new URL(target.replace(/^\//, ""), root), {
      method, headers, signal, body: body === undefined || body instanceof Blob ? body : JSON.stringify(body), credentials: "omit", cache: "no-store",
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(0, "The server does not answer");
  }
  if (!answer.ok) throw new ApiError(answer.status, await reason(answer));
  return answer;
}

async function json(method, target, body, signal) {
  const answer = await send(method, target, body, signal);
  return answer.status === 204 ? null : answer.json();
}

export const get = (target, signal) => json("GET", target, undefined, signal);
export const post = (target, body, signal) => json("POST", target, body, signal);
export const put = (target, body) => json("PUT", target, body);
export const patch = (target, body) => json("PATCH", target, body);
export const del = target => json("DELETE", target);

/** What the server says is wrong: a text, or a list of what is wrong with the shape. */
async function reason(answer) {
  let body;
  try {
    body = await answer.json();
  } catch {
    return answer.statusText || `Status ${answer.status}`;
  }
  const detail = body.errors ?? body.detail ?? body.error?.message ?? body.title;
  return Array.isArray(detail) ? detail.map(one => `${(one.loc ?? []).slice(1).join(".")} ${one.msg}`.trim()).join("; ") : String(detail);
}

/** The events of a stream, each parsed. */
export async function* events(answer) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      if (block.startsWith("data: ")) yield JSON.parse(block.slice(6));
    }
  }
}
