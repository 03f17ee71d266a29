import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Counts which public methods and getters of the client's classes are called by the checks; what the client calls
 * itself does not count. Members with a leading underscore are private; static members build values from responses and
 * are no calls of an application.
 */
export function watch(sdk) {
  const insideClient = new AsyncLocalStorage();
  const missed = new Set();
  let total = 0;

  const wrap = (name, member) => function (...args) {
    if (!insideClient.getStore()) missed.delete(name);
    return insideClient.run(true, () => member.apply(this, args));
  };

  for (const [className, type] of Object.entries(sdk)) {
    if (typeof type !== "function" || type.prototype instanceof Error || type === sdk.HonchoError) continue;
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
