import { get, path, put, query } from "../api.js";
import { h, svg } from "../dom.js";
import { compact, empty, field, form, heading, number, section, table, tile, tiles, toast } from "../parts.js";
import { again, change, go } from "../router.js";

const [height, foot] = [160, 18];

export default async function page({ workspace, query: given, signal }) {
  const range = { from: given.get("from"), to: given.get("to") };
  const [usage, settings, budget] = await Promise.all([
    get(path`v1/workspaces/${workspace}/usage` + query(range), signal),
    get(path`v1/workspaces/${workspace}/settings`, signal),
    get(path`v1/workspaces/${workspace}/budget`, signal),
  ]);
  const { total } = usage;
  return h("div", {},
    heading("Usage", "Calls to models and their tokens. Kith's own rules and embeddings call none."),
    form([field("From", "from", { type: "date", value: usage.from }), field("To", "to", { type: "date", value: usage.to })], "Show", values => go(change(values)), { inline: true, kind: "" }),
    section("Models", total.calls === 0
      ? empty("No model was called in these days.", "With a model configured, its calls are counted here by day, purpose and model.")
      : [tiles(tile("Calls", number(total.calls)), tile("Tokens in", compact(total.input_tokens), number(total.input_tokens)), tile("Tokens out", compact(total.output_tokens), number(total.output_tokens))),
        bars(usage),
        table("By purpose", ["Purpose", "Calls", "Tokens in", "Tokens out"], usage.purposes.map(one => [one.purpose, number(one.calls), number(one.input_tokens), number(one.output_tokens)])),
        table("By day and model", ["Day", "Purpose", "Model", "Calls", "Tokens in", "Tokens out"], usage.days.map(one => [one.day, one.purpose, one.model, number(one.calls), number(one.input_tokens), number(one.output_tokens)]))]),
    section("Budget", h("p", {}, "What the workspace takes in on a day (UTC). Beyond that, messages are refused until the next one, and models are not called. Messages are counted only while there is a budget for them."),
      (budget.messages_per_day ?? budget.tokens_per_day) !== null && tiles(spent("Messages today", budget.messages, budget.messages_per_day), spent("Tokens today", budget.tokens, budget.tokens_per_day)),
      budgets(workspace, settings)));
}

const spent = (label, used, most) => tile(label, number(used), most === null ? "no budget" : `of ${number(most)}`);

function budgets(workspace, settings) {
  const most = (label, name) => field(label, name, { type: "number", min: 0, value: settings[name] ?? "", placeholder: "no limit" });
  return form([most("Messages a day", "messagesPerDay"), most("Tokens a day", "tokensPerDay"), most("Tokens of models a day", "modelTokensPerDay")], "Save budget", async values => {
    const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value === "" ? null : Number(value)]));
    await put(path`v1/workspaces/${workspace}/settings`, { ...settings, ...given });
    toast("Budget saved; it holds everywhere within ten seconds");
    again();
  }, { writes: true, inline: true });
}

/** Tokens by day. */
function bars(usage) {
  const width = innerWidth < 700 ? 340 : 900;
  const days = Map.groupBy(usage.days, one => one.day);
  const [first, last] = [Date.parse(usage.from), Date.parse(usage.to)];
  const all = [];
  for (let day = first; day <= last; day += 86_400_000) {
    const name = new Date(day).toISOString().slice(0, 10);
    all.push([name, (days.get(name) ?? []).reduce((sum, one) => sum + one.input_tokens + one.output_tokens, 0)]);
  }
  const most = Math.max(1, ...all.map(([, tokens]) => tokens));
  const step = width / all.length;
  return svg("svg", { class: "graph bars", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Tokens by day, at most ${number(most)}; the table below has the figures` },
    all.map(([name, tokens], i) => svg("rect", { x: i * step + 2, width: Math.max(1, step - 4), y: (height - foot) * (1 - tokens / most) + 4, height: Math.max(0, (height - foot) * tokens / most - 4) }, svg("title", {}, `${name}: ${number(tokens)}`))),
    [all[0], all.at(-1)].map(([name], i) => svg("text", { x: i === 0 ? 40 : width - 40, y: height - 4 }, name)));
}
