using Kith.Client;

// Every character is a peer. Who observes others knows of them what was said while it was there, and nothing else.
var kith = new KithClient("game");
var (player, merchant, thief) = (kith.Peer("player-one"), kith.Peer("merchant-grim"), kith.Peer("thief-shadow"));
var witness = new SessionPeerConfiguration { ObserveOthers = true };

var tavern = kith.Session("tavern-scene");
await tavern.AddPeersAsync([player, (merchant, witness)]);
await tavern.AddMessagesAsync(
[
    player.Message("I'm looking for a rare gemstone. Money is no object."),
    merchant.Message("I may know of one... but it won't come cheap."),
]);

var alley = kith.Session("dark-alley");
await alley.AddPeersAsync([player, (thief, witness)]);
await alley.AddMessagesAsync(
[
    player.Message("I need that gemstone stolen from the merchant. Quietly."),
    thief.Message("Consider it done. Half up front."),
]);

await kith.WaitUntilIdleAsync();
Console.WriteLine($"What the merchant knows of the player:\n{await merchant.GetRepresentationAsync(new() { Target = player })}\n");
Console.WriteLine($"What the thief knows of the player:\n{await thief.GetRepresentationAsync(new() { Target = player })}\n");
Console.WriteLine($"What there is to be known:\n{await player.GetRepresentationAsync()}");
