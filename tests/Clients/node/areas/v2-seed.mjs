import assert from "node:assert/strict";

/**
 * The TypeScript snippets of the SDK reference that these versions know, as written there; each with the preparation that it takes for granted.
 * Not run: what came with 1.6 (Peer.getContext, Peer.workingRep, observations, Session.clone, upload options), the calls of Python only, and
 * what the reference spells otherwise than these versions do (Page.data and nextPage, SessionPeerConfig and the target of workingRep in an object).
 * Those calls run in the core areas, by the routes that they are made of.
 */
export default async function seed(t) {
  const { Honcho } = t.sdk;
  process.env.HONCHO_BASE_URL = t.hosts.address;
  const workspace = suffix => {
    process.env.HONCHO_WORKSPACE_ID = t.workspace(suffix);
    return new Honcho({});
  };

  await t.check("quickstart", async () => {
    const honcho = workspace("quickstart");
    const alice = await honcho.peer("alice");
    const assistant = await honcho.peer("assistant");
    const session = await honcho.session("conversation-1");
    await session.addMessages([
      alice.message("What's the weather like today?"),
      assistant.message("It's sunny and 75°F outside!")
    ]);
    const response = await alice.chat("What did the assistant tell this user about the weather?");
    const context = await session.getContext();
    const openaiMessages = context.toOpenAI(assistant);
    assert.equal(typeof response, "string");
    assert.deepEqual(openaiMessages.map(message => [message.role, message.content]), [["user", "What's the weather like today?"], ["assistant", "It's sunny and 75°F outside!"]]);
    assert.deepEqual(await honcho.getWorkspaces({ id: t.workspace("quickstart") }), [t.workspace("quickstart")]);

    const targetResponse = await alice.chat("What does the user know about the assistant?", {
      target: assistant
    });
    const sessionResponse = await alice.chat("What happened in our conversation?", {
      sessionId: session.id
    });
    assert.ok([targetResponse, sessionResponse].every(answer => typeof answer === "string" && answer.length > 0));
  });

  await t.check("full configuration", async () => {
    // The reference says environment too, which these versions refuse beside a base URL.
    assert.throws(() => new Honcho({ environment: "production", baseURL: t.hosts.address }), /Ambiguous URL/);
    const honcho = new Honcho({
      workspaceId: t.workspace("full"),
      apiKey: "my-api-key",
      baseURL: t.hosts.address,
      timeout: 30000,
      maxRetries: 3,
      defaultHeaders: { "X-Custom-Header": "value" },
      defaultQuery: { "param": "value" }
    });
    const metadata = await honcho.getMetadata();
    await honcho.setMetadata(metadata);
    const workspaces = await honcho.getWorkspaces();
    assert.ok(workspaces.includes(t.workspace("full")));
  });

  await t.check("key methods and peers", async () => {
    const honcho = workspace("peers");
    const alice = await honcho.peer("alice");
    assert.equal(`Peer ID: ${alice.id}`, "Peer ID: alice");
    const session = await honcho.session("session-1");
    await honcho.peer("bob", { metadata: {} });
    await session.addMessages([
      alice.message("I love TypeScript programming"),
      alice.message("Today I learned about async programming"),
      alice.message("I prefer functional programming patterns")
    ]);
    const response = await alice.chat("What did I have for breakfast?");
    const targetResponse = await alice.chat("What do I know about Bob?", { target: "bob" });
    const sessionResponse = await alice.chat("What happened in session-1?", {
      sessionId: "session-1"
    });
    assert.ok([response, targetResponse, sessionResponse].every(answer => answer.length > 0));
    const streamResponse = await alice.chat("Tell me a story", { stream: true });
    if (t.since("1.5.0")) {
      const chunks = [];
      for await (const chunk of streamResponse) chunks.push(chunk);
      assert.ok(chunks.join("").length > 0);
    }
    const peers = await honcho.getPeers();
    const sessions = await honcho.getSessions();
    assert.deepEqual([peers.total, sessions.total], [2, 1]);
    assert.equal((await alice.getSessions()).total, 1);
    const results = await alice.search("programming");
    assert.equal(results.length, 3);
    assert.equal((await honcho.search("programming")).length, 3);
    const metadata = await alice.getMetadata();
    await alice.setMetadata({
      ...metadata,
      location: "Paris"
    });
    assert.deepEqual(await alice.getMetadata(), { location: "Paris" });
  });

  await t.check("session", async () => {
    const honcho = workspace("session");
    const [alice, assistant, bob, charlie] = await Promise.all(["alice", "assistant", "bob", "charlie"].map(id => honcho.peer(id)));
    const session = await honcho.session("conversation-1");
    assert.equal(`Session ID: ${session.id}`, "Session ID: conversation-1");
    await session.addPeers([alice, assistant]);
    await session.addPeers("single-peer-id");
    await session.setPeers([alice, bob, charlie]);
    await session.removePeers([alice]);
    await session.removePeers("single-peer-id");
    const peers = await session.getPeers();
    assert.deepEqual(peers.map(peer => peer.id).toSorted(), ["bob", "charlie"]);
    await session.addMessages([
      alice.message("Hello everyone!"),
      assistant.message("Hi Alice! How can I help today?")
    ]);
    const messages = await session.getMessages();
    assert.equal(messages.total, 2);
    const context = await session.getContext({ summary: true, tokens: 2000 });
    assert.equal(context.messages.length, 2);
    const richContext = await session.getContext({
      tokens: 2000,
      peerTarget: "user",
      peerPerspective: "assistant",
      searchQuery: "What are my preferences?",
      limitToSession: true,
      searchTopK: 10,
      searchMaxDistance: 0.8,
      includeMostDerived: true,
      maxObservations: 25
    });
    assert.equal(richContext.messages.length, 2);
    const results = await session.search("help");
    assert.equal(results[0].content, "Hi Alice! How can I help today?");
    const globalRep = await session.workingRep("alice");
    const searchedRep = await session.workingRep("alice", undefined, {
      searchQuery: "preferences",
      searchTopK: 10,
      includeMostDerived: true
    });
    assert.ok([globalRep, searchedRep].every(known => Array.isArray(known.explicit) && Array.isArray(known.deductive)));
    await session.setMetadata({
      topic: "product planning",
      status: "active"
    });
    const metadata = await session.getMetadata();
    assert.deepEqual(metadata, { topic: "product planning", status: "active" });
    const anthropicMessages = context.toAnthropic(assistant);
    assert.equal(anthropicMessages.at(-1).role, "assistant");
    if (t.since("1.5.0")) await session.delete();
  });

  await t.check("multi-party conversations", async () => {
    const honcho = workspace("group");
    const users = await Promise.all(
      Array.from({ length: 5 }, (_, i) => honcho.peer(`user-${i}`))
    );
    const moderator = await honcho.peer("moderator");
    const groupChat = await honcho.session("group-discussion");
    await groupChat.addPeers([...users, moderator]);
    await groupChat.addMessages([
      users[0].message("What's our agenda for today?"),
      moderator.message("We'll discuss the new feature roadmap"),
      users[1].message("I have some concerns about the timeline")
    ]);
    const userPerspective = await users[0].chat("What are people's concerns?");
    const moderatorView = await moderator.chat("What feedback am I getting?", {
      sessionId: groupChat.id
    });
    assert.ok([userPerspective, moderatorView].every(answer => answer.length > 0));
    assert.equal((await groupChat.getPeers()).length, 6);
  });

  await t.check("custom timestamps, by the path without the slash", async () => {
    const stored = await fetch(`${t.hosts.address}/v2/workspaces/${t.workspace("times")}/sessions/s/messages`, {
      method: "POST",
      redirect: "error",
      headers: { "Authorization": "Bearer x", "Content-Type": "application/json" },
      body: JSON.stringify({
        messages: [
          { peer_id: "user123", content: "This message happened yesterday", created_at: "2024-01-01T12:00:00Z", metadata: { source: "historical_data" } },
        ],
      }),
    });
    const [message] = await stored.json();
    assert.deepEqual([stored.status, message.created_at, message.metadata], [200, "2024-01-01T12:00:00Z", { source: "historical_data" }]);
  });

  await t.check("metadata and filtering", async () => {
    const honcho = workspace("filtering");
    const [alice, assistant, session] = [await honcho.peer("alice"), await honcho.peer("assistant"), await honcho.session("s")];
    await session.addMessages([
      alice.message("Let's discuss the budget", {
        metadata: {
          topic: "finance",
          priority: "high"
        }
      }),
      assistant.message("I'll prepare the financial report", {
        metadata: {
          action_item: true,
          due_date: "2024-01-15"
        }
      })
    ]);
    const financeMessages = await session.getMessages({
      filters: { metadata: { topic: "finance" } }
    });
    const actionItems = await session.getMessages({
      filters: { metadata: { action_item: true } }
    });
    assert.deepEqual([financeMessages.total, actionItems.total], [1, 1]);
  });

  await t.check("pagination and performance", async () => {
    const honcho = workspace("pages");
    const session = await honcho.session("chat-1");
    const peers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => honcho.peer(`user-${i}`))
    );
    await session.addMessages(
      peers.map((peer, i) => peer.message(`Message ${i}`))
    );
    const context = await session.getContext({ tokens: 1500 });
    assert.equal(context.messages.at(-1).content, "Message 99");
    const seen = [];
    for await (const peer of await honcho.getPeers()) {
      seen.push(peer.id);
    }
    // The pages of 1.4.0 do not go on.
    assert.equal(new Set(seen).size, t.since("1.5.0") ? 100 : 50);
  });
}
