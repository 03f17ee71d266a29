namespace Kith.Client.Tests.Seed;

/// <summary>The code of Honcho's "Design Patterns", block by block in its order, in C#.</summary>
public sealed class DesignPatternTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly KithClient _kith = host.Kith();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_and_cards()
    {
        string[] ids = ["discord_491827364", "slack_U04ABCDEF", "user_abc123", "assistant", "dungeon-master"];
        Assert.Equal(ids, ids.Select(_kith.Peer).Select(peer => peer.Id));

        var peer = _kith.Peer("user_abc123");
        Assert.Null(await peer.GetCardAsync(cancellationToken: Cancelled));
        await peer.SetCardAsync(["Name: Alice. Also known as 'Ali' and 'A'.", "College student, prefers casual tone."], cancellationToken: Cancelled);
        Assert.Equal(["Name: Alice. Also known as 'Ali' and 'A'.", "College student, prefers casual tone."], await peer.GetCardAsync(cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Peers_that_need_no_representation()
    {
        var assistant = await _kith.CreatePeerAsync("assistant", configuration: new() { ObserveMe = false }, cancellationToken: Cancelled);
        var user = await _kith.CreatePeerAsync("user-123", configuration: new() { ObserveMe = true }, cancellationToken: Cancelled);
        await _kith.Session("s").AddMessagesAsync([user.Message("I live in Rome."), assistant.Message("I live in a computer.")], Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        Assert.Equal("", await assistant.GetRepresentationAsync(cancellationToken: Cancelled));
        Assert.Contains("Rome", await user.GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Companions()
    {
        var owner = _kith.Peer("owner");
        var agent = await _kith.CreatePeerAsync("agent-main", configuration: new() { ObserveMe = false }, cancellationToken: Cancelled);
        var session = _kith.Session("general-discord");
        await session.AddPeersAsync(
            [
                (owner, new SessionPeerConfiguration { ObserveMe = true, ObserveOthers = false }),
                (agent, new SessionPeerConfiguration { ObserveMe = true, ObserveOthers = true }),
            ],
            Cancelled);
        await session.AddMessagesAsync(
            [
                owner.Message("I've been stressed about the move to Portland next month"),
                agent.Message("Moving is a big deal. What's weighing on you the most?"),
                owner.Message("Honestly just leaving my friend group behind"),
            ],
            Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);

        Assert.Contains("Portland", (await owner.ChatAsync("What's going on with the move in this user's life right now?", cancellationToken: Cancelled)).ToString(), StringComparison.Ordinal);
        Assert.Contains("Portland", await agent.GetRepresentationAsync(new() { Target = owner }, Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Coding_agents()
    {
        var developer = _kith.Peer("user");
        var agent = await _kith.CreatePeerAsync("claude", configuration: new() { ObserveMe = false }, cancellationToken: Cancelled);
        var session = _kith.Session("user-honcho-repo");
        await session.AddPeersAsync([developer, agent], Cancelled);
        await session.AddMessagesAsync(
            [
                developer.Message("refactor the auth module to use dependency injection"),
                agent.Message("I'll extract the auth dependencies into a provider pattern..."),
                developer.Message("actually let's keep it simpler, just pass the config directly. I prefer simple code."),
            ],
            Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        var context = await developer.ChatAsync("What code does this developer prefer?", cancellationToken: Cancelled);
        Assert.Contains("simple", context.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Games()
    {
        var (player, merchant, thief) = (_kith.Peer("player-one"), _kith.Peer("merchant-grim"), _kith.Peer("thief-shadow"));
        var tavern = _kith.Session("tavern-scene");
        await tavern.AddPeersAsync([player, merchant], Cancelled);
        await tavern.SetPeerConfigurationAsync(merchant, new() { ObserveOthers = true }, Cancelled);
        await tavern.AddMessagesAsync(
            [player.Message("I'm looking for a rare gemstone. Money is no object."), merchant.Message("I may know of one... but it won't come cheap.")], Cancelled);

        var alley = _kith.Session("dark-alley");
        await alley.AddPeersAsync([player, thief], Cancelled);
        await alley.SetPeerConfigurationAsync(thief, new() { ObserveOthers = true }, Cancelled);
        await alley.AddMessagesAsync(
            [player.Message("I need that gemstone stolen from the merchant. Quietly."), thief.Message("Consider it done. Half up front.")], Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);

        var merchantView = await merchant.GetRepresentationAsync(new() { Target = player }, Cancelled);
        var thiefView = await thief.GetRepresentationAsync(new() { Target = player }, Cancelled);
        var fullView = await player.GetRepresentationAsync(cancellationToken: Cancelled);
        Assert.Contains("rare gemstone", merchantView, StringComparison.Ordinal);
        Assert.DoesNotContain("stolen", merchantView, StringComparison.Ordinal);
        Assert.Contains("stolen", thiefView, StringComparison.Ordinal);
        Assert.DoesNotContain("rare", thiefView, StringComparison.Ordinal);
        Assert.Contains("rare gemstone", fullView, StringComparison.Ordinal);
        Assert.Contains("stolen", fullView, StringComparison.Ordinal);

        Assert.DoesNotContain("stolen", (await merchant.ChatAsync("What do I know about this player?", new() { Target = "player-one" }, Cancelled)).ToString(), StringComparison.Ordinal);
        await thief.ChatAsync("What do I know about this player?", new() { Target = "player-one" }, Cancelled);
        await player.ChatAsync("What is this player up to?", cancellationToken: Cancelled);
    }
}
