// Addresses behind the #: #/w/demo/peers/alice?page=2. They never reach the server.

/** An address of segments and a query. */
export function to(segments, values = {}) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== "");
  return `#/${segments.map(encodeURIComponent).join("/")}${given.length === 0 ? "" : `?${new URLSearchParams(given)}`}`;
}

/** Of a workspace. */
export const within = (workspace, segments = [], values = {}) => to(["w", workspace, ...segments], values);

export function current() {
  const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  return { segments: path.split("/").filter(Boolean).map(decodeURIComponent), query: new URLSearchParams(search) };
}

/** The same page with other values. */
export function change(values) {
  const { segments, query } = current();
  return to(segments, { ...Object.fromEntries(query), ...values });
}

export const go = address => { location.hash = address; };

/** Shows the page of the address again. */
export const again = () => window.dispatchEvent(new HashChangeEvent("hashchange"));
