import { get, path, post, query } from "../api.js";
import { h } from "../dom.js";
import { badge, button, confirm, duration, empty, heading, number, pageNumber, pager, plural, section, table, tile, tiles, time, toast } from "../parts.js";
import { again, within } from "../router.js";

const refreshMs = 5000;

const reasons = { queued: "waits for its turn", working: "is being worked on", gathering: "gathers more messages first", retrying: "failed, and is tried again" };

export default async function page({ workspace, signal }) {
  const page = h("div", {});
  const [queue, failed] = await read();
  draw(queue, failed);
  const timer = setInterval(refresh, refreshMs);
  signal.addEventListener("abort", () => clearInterval(timer));
  return page;

  function read() {
    return Promise.all([get(path`v1/workspaces/${workspace}/queue`, signal), get(path`v1/workspaces/${workspace}/failed-steps` + query({ page: pageNumber(), size: 25 }), signal)]);
  }

  /** Leaves the page alone while somebody is in it. */
  async function refresh() {
    if (document.hidden || page.querySelector(".section :focus")) return;
    const fresh = await read().catch(() => null);
    if (fresh && !signal.aborted) draw(...fresh);
  }

  function draw(queue, failed) {
    const { units } = queue;
    const open = units.pending + units.in_progress;
    page.replaceChildren(
      heading("Queue", "What is still being worked out of messages, and what could not be.",
        open > 0 && button("Work out now", async () => { const { sessions } = await post(path`v1/workspaces/${workspace}/queue/flush`); toast(`${plural(sessions, "session")} will not wait for more`); again(); }, { writes: true })),
      tiles(tile("Waiting", number(units.pending)), tile("In progress", number(units.in_progress)), tile("Done", number(units.completed)), tile("Oldest", duration(queue.oldest_pending_seconds)), tile("Webhook deliveries", number(queue.pending_deliveries), "still to be sent")),
      section("Sessions", queue.sessions.length === 0
        ? empty("Nothing waits.", "Everything that was said is worked out.")
        : table("Sessions with work", ["Session", "Waiting", "In progress", "Failed", "For", "Why"], queue.sessions.map(one => [
          h("a", { class: "strong", href: within(workspace, ["sessions", one.session_id]) }, one.session_id), number(one.units.pending), number(one.units.in_progress), number(one.units.failed), duration(one.oldest_pending_seconds),
          [reasons[one.reason] ?? "–", one.detail && `: ${one.detail}`, one.until && [", until ", time(one.until)]]]))),
      section("Failed steps", failed.total === 0
        ? empty("No step has failed.", "A step that cannot succeed is listed here with its reason, and can be tried again.")
        : [table("Failed steps", ["Step", "About", "Reason", "Times", "Last", ""], failed.items.map(row)), pager(failed)]));
  }

  function row(step) {
    const subject = step.session_id
      ? h("a", { href: within(workspace, ["sessions", step.session_id]) }, step.session_id)
      : step.observer_id ? `${step.observer_id} about ${step.observed_id}` : step.target ?? "–";
    const messages = step.first_message && `, messages ${step.first_message} to ${step.last_message}`;
    return [
      [step.kind, " ", step.state !== "failed" && badge(step.state, "accent")], [subject, messages], step.reason, number(step.times), time(step.failed_at),
      h("div", { class: "actions small" },
        button("Replay", async () => { await post(path`v1/workspaces/${workspace}/failed-steps/${step.id}/replay`); toast("It is tried again"); again(); }, { writes: true, label: `Replay ${step.kind}` }),
        button("Dismiss", async () => {
          if (!await confirm("Dismiss this step?", "It goes off the list. What it should have done stays undone.", "Dismiss")) return;
          await post(path`v1/workspaces/${workspace}/failed-steps/${step.id}/dismiss`);
          again();
        }, { writes: true, label: `Dismiss ${step.kind}` })),
    ];
  }
}
