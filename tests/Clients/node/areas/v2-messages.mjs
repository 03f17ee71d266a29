import assert from "node:assert/strict";
import { pdf } from "../pdf.mjs";

export default async function messages(t) {
  const honcho = t.client();
  const [ann, ben] = [await honcho.peer("ann"), await honcho.peer("ben")];
  const all = async page => {
    const found = [];
    for await (const message of page) found.push(message);
    return found;
  };

  await t.check("addMessages takes one or many, with metadata and a time", async () => {
    const session = await honcho.session("talk");
    await session.addMessages(ann.message("One."));
    await session.addMessages([ben.message("Two.", { metadata: { n: 2 } }), ann.message("Three.", { created_at: "2024-01-15T10:30:00Z" })]);
    const stored = await all(await session.getMessages());
    assert.deepEqual(stored.map(message => [message.content, message.peer_id, message.metadata]), [["One.", "ann", {}], ["Two.", "ben", { n: 2 }], ["Three.", "ann", {}]]);
    assert.deepEqual([stored[2].created_at, stored[2].session_id, stored[2].workspace_id], ["2024-01-15T10:30:00Z", "talk", t.workspace()]);
    assert.ok(stored.every(message => /^[A-Za-z0-9_-]{21}$/.test(message.id) && message.token_count > 0));
  });

  await t.check("addMessages takes a hundred at once, getMessages iterates over all pages", async () => {
    const session = await honcho.session("long");
    const texts = Array.from({ length: 100 }, (_, n) => `Message ${n}`);
    await session.addMessages(texts.map(text => ann.message(text)));
    const page = await session.getMessages();
    assert.deepEqual([page.total, page.size], [100, 50]);
    assert.deepEqual((await all(page)).map(message => message.content), t.since("1.5.0") ? texts : texts.slice(0, 50));
  });

  await t.check("getMessages filters", async () => {
    const session = await honcho.session("talk");
    assert.deepEqual((await all(await session.getMessages({ filters: { peer_id: "ben" } }))).map(message => message.content), ["Two."]);
    assert.deepEqual((await all(await session.getMessages({ filters: { metadata: { n: 2 } } }))).map(message => message.content), ["Two."]);
    await assert.rejects(session.getMessages({ filters: { nonsense: 1 } }), error => error.status === 422);
  });

  await t.check("a deriver that is off keeps a session from being learned from", async () => {
    const quiet = await honcho.session("quiet", { config: { deriver: { enabled: false } } });
    await quiet.addMessages([ben.message("I live in Reykjavik.")]);
    await t.idle(honcho);
    assert.deepEqual((await quiet.workingRep("ben")).explicit, []);
  });

  await t.check("uploadFile stores text, JSON and PDF", async () => {
    const session = await honcho.session("files");
    const [text] = await session.uploadFile(new File(["A note."], "note.txt", { type: "text/plain" }), "ann");
    assert.deepEqual([text.content, text.peer_id], ["A note.", "ann"]);
    const [data] = await session.uploadFile(new File(['{"a": 1}'], "data.json", { type: "application/json" }), "ann");
    assert.deepEqual(JSON.parse(data.content), { a: 1 });
    const [page] = await session.uploadFile(new File([pdf("Printed words")], "page.pdf", { type: "application/pdf" }), "ben");
    assert.match(page.content, /Printed words/);
    await assert.rejects(session.uploadFile(new File(["x"], "x.bin", { type: "application/octet-stream" }), "ann"), error => error.status === 415);
  });

  await t.check("what the client makes of a buffer is refused, and stores nothing", async () => {
    // It sends a field for every byte instead of a file.
    const session = await honcho.session("buffers", { metadata: {} });
    await assert.rejects(session.uploadFile(Buffer.from("bytes"), "ann"), error => error.status === 422 && /file/.test(error.message));
    assert.equal((await session.getMessages()).total, 0);
  });
}
