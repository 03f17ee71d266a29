import assert from "node:assert/strict";

/** The code of Eliza's own page on sessions; only its address and its UUIDs are real ones. */
export async function samples({ sdk: { ElizaClient, ApiError }, baseUrl, agentId, userId }) {
  const lines = [];
  const console = { log: (...parts) => lines.push(parts), error: (...parts) => lines.push(parts) };

  const client = new ElizaClient({
    baseUrl,
    apiKey: 'your-api-key',
  });

  // Create a new session
  const session = await client.sessions.createSession({
    agentId,
    userId,
    metadata: {
      platform: 'web',
      username: 'john_doe',
    },
  });

  console.log('Session ID:', session.sessionId);

  // Send a message in the session
  const message = await client.sessions.sendMessage(session.sessionId, {
    content: 'Hello, how can you help me today?',
    attachments: [
      {
        type: 'image',
        url: 'https://example.com/image.jpg',
        name: 'screenshot.jpg',
      },
    ],
  });

  console.log('Message sent:', message.id);

  // Get recent messages
  const messages = await client.sessions.getMessages(session.sessionId, {
    limit: 50,
  });

  console.log(`Retrieved ${messages.messages.length} messages`);
  console.log('Has more:', messages.hasMore);

  // Get messages before a specific date
  const olderMessages = await client.sessions.getMessages(session.sessionId, {
    limit: 50,
    before: new Date('2024-01-01T00:00:00Z'),
  });

  // Get messages after a specific date
  const newerMessages = await client.sessions.getMessages(session.sessionId, {
    limit: 50,
    after: new Date('2024-01-01T00:00:00Z'),
  });

  // Get session information
  const sessionInfo = await client.sessions.getSession(session.sessionId);
  console.log('Last activity:', sessionInfo.lastActivity);

  // List all active sessions (admin)
  const allSessions = await client.sessions.listSessions();
  console.log(`Total active sessions: ${allSessions.total}`);

  const sessionId = session.sessionId;
  let hasMore = true;
  let before = undefined;
  const allMessages = [];

  while (hasMore) {
    const response = await client.sessions.getMessages(sessionId, {
      limit: 100,
      before,
    });

    allMessages.push(...response.messages);
    hasMore = response.hasMore;

    if (response.messages.length > 0) {
      before = response.messages[response.messages.length - 1].createdAt;
    }
  }

  async function sendMessageWithRetry(sessionId, params, maxRetries = 3) {
    for (let i = 0; i < maxRetries; i++) {
      try {
        return await client.sessions.sendMessage(sessionId, params);
      } catch (error) {
        if (i === maxRetries - 1) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1000 * (i + 1)));
      }
    }
  }

  const again = await sendMessageWithRetry(sessionId, { content: 'Once more' });

  // Delete a session
  await client.sessions.deleteSession(session.sessionId);
  console.log('Session deleted');

  const health = await client.sessions.checkHealth();
  console.log(`Service status: ${health.status}`);
  console.log(`Active sessions: ${health.activeSessions}`);

  try {
    const session = await client.sessions.createSession({
      agentId: 'invalid-uuid',
      userId: 'user-uuid',
    });
  } catch (error) {
    if (error instanceof ApiError) {
      console.error('API Error:', error.code, error.message);
    }
  }

  assert.equal(typeof again.id, "string");
  assert.deepEqual([olderMessages.messages.length, newerMessages.messages.length, allMessages.length], [0, 1, 1]);
  assert.deepEqual(allMessages[0].metadata.attachments, [{ type: 'image', url: 'https://example.com/image.jpg', name: 'screenshot.jpg' }]);
  assert.deepEqual(lines.map(([first]) => first.replace(/\d+$/, "#")), [
    "Session ID:", "Message sent:", "Retrieved # messages".replace("#", "1"), "Has more:", "Last activity:", "Total active sessions: #", "Session deleted",
    "Service status: healthy", "Active sessions: #", "API Error:",
  ]);
  assert.ok(lines.flat().every(part => part !== undefined));
  assert.deepEqual(lines.at(-1).slice(1), ["VALIDATION_ERROR", "Invalid UUID format for field 'agentId'"]);
}
