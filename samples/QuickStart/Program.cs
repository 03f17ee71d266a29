using Kith.Client;

var kith = new KithClient("quick-start");
var (alice, assistant) = (kith.Peer("alice"), kith.Peer("assistant"));
var session = kith.Session($"conversation-{DateTime.UtcNow:yyyyMMdd-HHmmss}");

await session.AddMessagesAsync([alice.Message("I moved from Berlin to Rome, and I love hiking."), assistant.Message("Rome it is!")]);
await kith.WaitUntilIdleAsync();

Console.WriteLine(await alice.ChatAsync("Where does Alice live?"));
foreach (var message in (await session.GetContextAsync(new() { Tokens = 1000, PeerTarget = alice })).ToOpenAI(assistant))
    Console.WriteLine($"{message.Role}: {message.Content}");
