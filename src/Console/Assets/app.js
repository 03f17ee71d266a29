// The frame: which page an address opens, who is signed in, light or dark.
import { ApiError, get, hasKey, setKey } from "./api.js";
import { h } from "./dom.js";
import { failure, field, form } from "./parts.js";
import { again, current, go, within } from "./router.js";

/** Path below the workspace, what the navigation calls it, and its module. */
const pages = [
  ["", "Overview", "overview"],
  ["peers", "Peers", "peers"],
  ["sessions", "Sessions", "sessions"],
  ["graph", "Who knows whom", "graph"],
  ["search", "Search", "search"],
  ["ask", "Ask", "ask"],
  ["queue", "Queue", "queue"],
  ["usage", "Usage", "usage"],
  ["keys", "Keys", "keys"],
  ["import", "Import and export", "porting"],
  ["erase", "Erase", "erase"],
];

const main = document.getElementById("main");
const nav = document.getElementById("nav");
const where = document.getElementById("where");
const menu = document.getElementById("menu");
const keyButton = document.getElementById("key");
let shown = new AbortController();
let isFirst = true;

function moduleOf([section = "", name]) {
  if (name !== undefined && section === "peers") return "peer";
  if (name !== undefined && section === "sessions") return "session";
  return pages.find(([path]) => path === section)?.[2] ?? "missing";
}

/** The page of the address. What an earlier address still loads is dropped. */
async function show() {
  shown.abort();
  shown = new AbortController();
  const { signal } = shown;
  const { segments, query } = current();
  const workspace = segments[0] === "w" ? segments[1] : undefined;
  frame(workspace, segments[2] ?? "");
  main.setAttribute("aria-busy", "true");
  const slow = setTimeout(() => main.replaceChildren(h("p", { class: "waiting" }, "Loading…")), 400);
  let content;
  try {
    const page = await import(`./pages/${workspace === undefined ? "workspaces" : moduleOf(segments.slice(2))}.js`);
    content = await page.default({ workspace, name: segments[3], query, signal });
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof ApiError && error.status === 401 && !hasKey()) return signIn();
    content = failure(error);
  } finally {
    clearTimeout(slow);
  }
  if (signal.aborted) return;
  main.replaceChildren(content);
  main.removeAttribute("aria-busy");
  const title = main.querySelector("h1");
  document.title = `${title.textContent} · ${workspace ? `${workspace} · ` : ""}Kith`;
  const target = main.querySelector("[data-target]");
  if (target) target.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
  // Who opens the page begins at its top, as anywhere; who goes on in it is taken along.
  if (!isFirst || target) (target ?? title).focus({ preventScroll: true });
  isFirst = false;
}

function frame(workspace, section) {
  nav.hidden = menu.hidden = workspace === undefined;
  document.body.classList.toggle("has-nav", workspace !== undefined);
  where.hidden = workspace === undefined;
  where.textContent = workspace ?? "";
  where.href = workspace === undefined ? "#/" : within(workspace);
  setMenu(false);
  if (workspace === undefined) return;
  nav.replaceChildren(h("ul", {}, pages.map(([path, title]) =>
    h("li", {}, h("a", { href: within(workspace, path ? [path] : []), "aria-current": path === section ? "page" : undefined }, title)))));
}

function setMenu(open) {
  menu.setAttribute("aria-expanded", String(open));
  nav.classList.toggle("open", open);
}

/** Asks for a key; the page that was wanted comes afterwards. */
function signIn() {
  main.removeAttribute("aria-busy");
  document.title = "Sign in · Kith";
  main.replaceChildren(h("div", { class: "card narrow" },
    h("h1", { tabindex: -1 }, "Paste a key"),
    h("p", {}, "This server asks for one. It stays in this page's memory: closing or reloading the page forgets it."),
    form([field("Key", "key", { type: "password", required: true, autocomplete: "off", spellcheck: "false" })], "Open", ({ key }) => enter(key.trim()))));
  main.querySelector("input").focus();
}

async function enter(key) {
  setKey(key);
  let caller;
  try {
    caller = await get("v1/key");
  } catch (error) {
    setKey("");
    throw error.status === 401 ? new Error("The server does not know this key. It may be mistyped, expired or revoked.") : error;
  }
  if (caller.peer ?? caller.session) {
    setKey("");
    throw new Error(`This is a key of ${caller.peer ? `peer ${caller.peer}` : `session ${caller.session}`}. The console needs one of the workspace or of the server.`);
  }
  document.body.classList.toggle("reading", caller.read_only);
  if (caller.admin || current().segments[1] === caller.workspace) again();
  else go(within(caller.workspace));
}

/** Nothing is shown before it has its place: what appears then moves nothing. */
async function start() {
  window.addEventListener("hashchange", show);
  const first = show();
  document.getElementById("frame").hidden = false;
  const { required } = await get("v1/key").catch(() => ({ required: true }));
  keyButton.hidden = !required;
  document.getElementById("controls").hidden = false;
  await first;
}

keyButton.addEventListener("click", () => { setKey(""); document.body.classList.remove("reading"); shown.abort(); signIn(); });
// What is behind the # is an address of a page here.
document.querySelector(".skip").addEventListener("click", event => { event.preventDefault(); main.focus(); });
menu.addEventListener("click", () => setMenu(menu.getAttribute("aria-expanded") === "false"));

const themes = { system: ["◐", "Theme: as the system"], light: ["☀", "Theme: light"], dark: ["☾", "Theme: dark"] };
const themeButton = document.getElementById("theme");
let theme = "system";
themeButton.addEventListener("click", () => {
  const names = Object.keys(themes);
  theme = names[(names.indexOf(theme) + 1) % names.length];
  document.documentElement.dataset.theme = theme;
  [themeButton.textContent] = themes[theme];
  themeButton.setAttribute("aria-label", themes[theme][1]);
});

await start();
