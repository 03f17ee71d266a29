import assert from "node:assert/strict";
import { pdf } from "../pdf.mjs";

export default async function messages(t) {
  const honcho = t.client();
  const kim = await honcho.peer("kim");
  const leo = await honcho.peer("leo");
  const session = await honcho.session("talk", { metadata: {} });
  const contents = page => page.toArray().then(all => all.map(message => message.content));

  await t.check("addMessages takes one or many and returns them stored", async () => {
    const one = await session.addMessages(kim.message("Hello, world!", { metadata: { mood: "glad" }, createdAt: "2026-03-04T05:06:07.000Z" }));
    assert.equal(one.length, 1);
    const [stored] = one;
    assert.match(stored.id, /^[A-Za-z0-9_-]{21}$/);
    assert.deepEqual(
      [stored.content, stored.peerId, stored.sessionId, stored.workspaceId, stored.metadata, stored.tokenCount],
      ["Hello, world!", "kim", "talk", t.workspace(), { mood: "glad" }, 4]);
    assert.equal(Date.parse(stored.createdAt), Date.parse("2026-03-04T05:06:07Z"));
    assert.match(String(stored), /^Message\(id='.{21}', peerId='kim', content='Hello, world!'\)$/);
    const two = await session.addMessages([leo.message("Second."), kim.message("Third.", { configuration: { reasoning: { enabled: false } } })]);
    assert.deepEqual(two.map(message => [message.peerId, message.content]), [["leo", "Second."], ["kim", "Third."]]);
  });

  await t.check("authors become members", async () => {
    assert.deepEqual((await session.peers()).map(peer => peer.id).toSorted(), ["kim", "leo"]);
  });

  await t.check("messages lists and filters", async () => {
    assert.deepEqual(await contents(await session.messages()), ["Hello, world!", "Second.", "Third."]);
    assert.deepEqual(await contents(await session.messages({ peer_id: "leo" })), ["Second."]);
    assert.deepEqual(await contents(await session.messages({ metadata: { mood: "glad" } })), ["Hello, world!"]);
    assert.deepEqual(await contents(await session.messages({ created_at: { lt: "2026-06-01" } })), ["Hello, world!"]);
    assert.deepEqual(await contents(await session.messages({ OR: [{ peer_id: "leo" }, { token_count: { gt: 3 } }] })), ["Hello, world!", "Second."]);
    assert.deepEqual(await contents(await session.messages({ NOT: [{ peer_id: "kim" }] })), ["Second."]);
  });

  await t.check("messages iterates over several pages in order", async () => {
    const long = await honcho.session("long", { metadata: {}, configuration: { reasoning: { enabled: false } } });
    const texts = Array.from({ length: 100 }, (_, n) => `Line ${n}`);
    await long.addMessages(texts.map(text => kim.message(text)));
    const page = await long.messages();
    assert.deepEqual([page.total, page.pages, page.length], [100, 2, 50]);
    assert.deepEqual(await contents(page), texts);
    if (t.since("2.1.0")) {
      assert.deepEqual(await contents(await long.messages({ size: 30 })), texts);
      assert.deepEqual(await contents(await long.messages({ size: 30, reverse: true })), texts.toReversed());
      assert.deepEqual((await long.messages({ page: 4, size: 30 })).items.map(message => message.content), texts.slice(90));
    }
  });

  await t.check("updateMessage replaces the metadata", async () => {
    const [stored] = await session.addMessages(kim.message("To be marked.", { metadata: { a: 1, b: 2 } }));
    const marked = await session.updateMessage(stored, { seen: true });
    assert.deepEqual([marked.id, marked.content, marked.metadata], [stored.id, "To be marked.", { seen: true }]);
    assert.deepEqual((await session.updateMessage(stored.id, { seen: false })).metadata, { seen: false });
    assert.deepEqual((await (await session.messages({ metadata: { seen: false } })).toArray()).map(message => message.id), [stored.id]);
    await assert.rejects(session.updateMessage("nosuchmessage00000000", { a: 1 }), t.sdk.NotFoundError);
  });

  if (t.since("2.1.0"))
    await t.check("getMessage reads one", async () => {
      const [stored] = await session.addMessages(leo.message("Just one.", { metadata: { n: 1 } }));
      assert.deepEqual(await session.getMessage(stored.id), stored);
      await assert.rejects(session.getMessage("nosuchmessage00000000"), t.sdk.NotFoundError);
    });

  await t.check("search finds a message as soon as it is written", async () => {
    const quiet = await honcho.session("quiet", { metadata: {} });
    await quiet.addMessages([leo.message("The walrus eats clams.", { metadata: { kind: "fact" } }), kim.message("Clams are not for me.")]);
    await session.addMessages(kim.message("A walrus is heavy."));
    const found = (await honcho.search("walrus")).map(message => message.content);
    assert.deepEqual(found.slice(0, 2).toSorted(), ["A walrus is heavy.", "The walrus eats clams."]);
    const here = await quiet.search("walrus");
    assert.equal(here[0].content, "The walrus eats clams.");
    assert.ok(here.every(message => message.sessionId === "quiet"));
    assert.equal((await honcho.search("walrus", { limit: 1 })).length, 1);
    assert.deepEqual((await honcho.search("clams", { filters: { metadata: { kind: "fact" } } })).map(message => message.peerId), ["leo"]);
    assert.deepEqual((await quiet.search("clams", { filters: { peer_id: "kim" }, limit: 5 })).map(message => message.content), ["Clams are not for me."]);
  });

  const upload = (filename, content_type, content, options) =>
    session.uploadFile({ filename, content: Buffer.from(content), content_type }, kim, options);

  await t.check("uploadFile stores text with its metadata and time", async () => {
    const [stored] = await upload("note.txt", "text/plain", "Grüße aus Köln.", { metadata: { source: "note" }, createdAt: "2026-05-06T07:08:09.000Z" });
    assert.deepEqual([stored.content, stored.peerId, stored.metadata], ["Grüße aus Köln.", "kim", { source: "note" }]);
    assert.equal(Date.parse(stored.createdAt), Date.parse("2026-05-06T07:08:09Z"));
  });

  await t.check("uploadFile stores JSON, and takes a Blob", async () => {
    const [stored] = await upload("data.json", "application/json", JSON.stringify({ fish: ["cod", "eel"] }), { configuration: { reasoning: { enabled: false } } });
    assert.deepEqual(JSON.parse(stored.content), { fish: ["cod", "eel"] });
    const [blob] = await session.uploadFile(new File(["From a blob."], "blob.txt", { type: "text/plain" }), "leo");
    assert.deepEqual([blob.content, blob.peerId], ["From a blob.", "leo"]);
  });

  await t.check("uploadFile stores the text of a PDF", async () => {
    const [stored] = await upload("letter.pdf", "application/pdf", pdf("Dear Kim, the ferry leaves at noon."));
    assert.match(stored.content, /Dear Kim, the ferry leaves at noon\./);
    assert.equal((await session.search("ferry"))[0].id, stored.id);
  });

  await t.check("uploadFile splits a long text into messages that keep every word", async () => {
    const text = Array.from({ length: 6_000 }, (_, n) => `word${n}`).join(" ");
    const stored = await upload("long.txt", "text/plain", text, { configuration: { reasoning: { enabled: false } } });
    assert.ok(stored.length > 1);
    assert.ok(stored.every(message => message.content.length <= 25_000));
    assert.equal(stored.map(message => message.content).join(" ").split(/\s+/).join(" "), text);
  });

  await t.check("uploadFile refuses what it cannot read", async () => {
    await assert.rejects(upload("picture.png", "image/png", "x"), error => error instanceof t.sdk.HonchoError && error.status === 415);
    await assert.rejects(upload("broken.json", "application/json", "{"), t.sdk.UnprocessableEntityError);
    await assert.rejects(upload("huge.txt", "text/plain", "x".repeat(5_242_881)), error => error.status === 413);
  });
}
