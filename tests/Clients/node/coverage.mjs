import { AsyncLocalStorage } from "node:async_hooks";

/** The classes of a generated client: one for each resource, by the path that leads to it. */
export function resources(client) {
  const found = {};
  const collect = (owner, path) => {
    for (const [name, value] of Object.entries(owner)) {
      if (value?._client !== client) continue;
      found[path + name] = value.constructor;
      collect(value, `${path}${name}.`);
    }
  };
  collect(client, "");
  return found;
}

/**
 * Counts which public methods and getters of classes are called by the checks; what the client calls itself does not
 * count. Members with a leading underscore are private; static members build values from responses and are no calls of
 * an application.
 */
export function watch(classes) {
  const insideClient = new AsyncLocalStorage();
  const missed = new Set();
  let total = 0;

  const wrap = (name, member) => function (...args) {
    if (!insideClient.getStore()) missed.delete(name);
    return insideClient.run(true, () => member.apply(this, args));
  };

  for (const [className, type] of Object.entries(classes)) {
    if (typeof type !== "function" || type.prototype instanceof Error || type === classes.HonchoError) continue;
    for (const key of Reflect.ownKeys(type.prototype)) {
      const label = typeof key === "symbol" ? `[${key.description}]` : key;
      const descriptor = Object.getOwnPropertyDescriptor(type.prototype, key);
      if (key === "constructor" || label.startsWith("_") || descriptor.value?.watched || descriptor.get?.watched) continue;
      const name = `${className}.${label}`;
      const kind = descriptor.get ? "get" : "value";
      descriptor[kind] = Object.assign(wrap(name, descriptor[kind]), { watched: true });
      Object.defineProperty(type.prototype, key, descriptor);
      missed.add(name);
      total++;
    }
  }
  return { total, missed: () => [...missed] };
}
