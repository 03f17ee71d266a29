using System.Text;
using Kith.Client.Administration;

namespace Kith.Client.Tests.Administration;

/// <summary>What Kith adds to the protocols that it speaks.</summary>
public sealed class AdministrationTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly KithClient _kith = host.Kith();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_erased_is_gone_and_that_can_be_proved()
    {
        await SayAsync("I live in Berlin.", "bob", "I live in Rome.");
        var erasure = await _kith.Erasures.ErasePeerAsync("alice", Cancelled);
        erasure = await _kith.Erasures.WaitAsync(erasure.Id, cancellationToken: Cancelled);

        Assert.Equal(("completed", "peer", "alice"), (erasure.State, erasure.Kind, erasure.Peer));
        Assert.NotEmpty(erasure.Erased);
        Assert.NotEmpty(erasure.Beyond);
        Assert.Equal(0, (await _kith.Erasures.ProveAsync(erasure.Id, Cancelled)).Left);
        Assert.Equal([erasure.Id], (await _kith.Erasures.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(receipt => receipt.Id));
        Assert.Equal(["I live in Rome."], (await _kith.Session("s").GetMessagesAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(message => message.Content));
    }

    [Fact]
    public async Task A_message_and_a_session_are_erased_by_their_ids()
    {
        var said = await SayAsync("I live in Berlin.", "alice", "I love espresso.");
        var message = await _kith.Erasures.EraseMessageAsync("s", said[0].Id, Cancelled);
        Assert.Equal("completed", (await _kith.Erasures.WaitAsync(message.Id, cancellationToken: Cancelled)).State);
        Assert.DoesNotContain("Berlin", await _kith.Peer("alice").GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);

        var session = await _kith.Erasures.EraseSessionAsync(_kith.Session("s"), Cancelled);
        Assert.Equal("completed", (await _kith.Erasures.WaitAsync(session.Id, cancellationToken: Cancelled)).State);
        Assert.Equal("", await _kith.Peer("alice").GetRepresentationAsync(cancellationToken: Cancelled));
    }

    [Fact]
    public async Task A_workspace_goes_out_and_comes_in_again()
    {
        await SayAsync("I live in Berlin.", "bob", "I live in Rome.");
        using var file = new MemoryStream();
        await _kith.Transfers.ExportAsync(file, cancellationToken: Cancelled);
        Assert.EndsWith("{\"end\":true}\n", Encoding.UTF8.GetString(file.ToArray()), StringComparison.Ordinal);

        file.Position = 0;
        var copy = host.Kith();
        var import = await copy.Transfers.ImportAsync(file, cancellationToken: Cancelled);
        import = await copy.Transfers.WaitAsync(import.Id, cancellationToken: Cancelled);
        Assert.Equal(("completed", 0L), (import.State, import.Refused));
        Assert.Equal(2, (await copy.Session("s").GetMessagesAsync(cancellationToken: Cancelled).FirstPageAsync(Cancelled)).Total);
        Assert.Equal([import.Id], (await copy.Transfers.ListImportsAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(found => found.Id));

        using var broken = new MemoryStream("{\"format\":\"other\"}\n"u8.ToArray());
        await Assert.ThrowsAnyAsync<KithException>(() => copy.Transfers.ImportAsync(broken, cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Memories_of_mem0_come_in()
    {
        using var file = new MemoryStream("""[{"id":"m1","memory":"Loves espresso","user_id":"alice"}]"""u8.ToArray());
        var import = await _kith.Transfers.ImportAsync(file, ImportFormat.Mem0, cancellationToken: Cancelled);
        import = await _kith.Transfers.WaitAsync(import.Id, cancellationToken: Cancelled);
        Assert.Equal(("completed", "mem0"), (import.State, import.Format));
        Assert.Contains("espresso", await _kith.Peer("alice").GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_corrects_pins_and_takes_back()
    {
        await SayAsync("I live in Berlin.", "bob", "Hello.");
        var known = _kith.Peer("alice").Conclusions;
        var wrong = Assert.Single(await known.ListAsync(includeSources: true, cancellationToken: Cancelled).ToListAsync(Cancelled));
        Assert.NotEmpty(wrong.MessageIds!);

        var right = await known.CorrectAsync(wrong.Id, "Lives in Potsdam, near Berlin", Cancelled);
        Assert.Equal(("Lives in Potsdam, near Berlin", true), (right.Content, (await known.PinAsync(right.Id, cancellationToken: Cancelled)).Pinned));
        Assert.Equal(2, (await known.GetHistoryAsync(right.Id, Cancelled)).Count);
        Assert.NotNull((await known.RetractAsync(right.Id, Cancelled)).RetractedAt);
        await Assert.ThrowsAsync<KithNotFoundException>(() => known.CorrectAsync("unknown", "x", Cancelled));
    }

    [Fact]
    public async Task What_was_known_then()
    {
        var alice = _kith.Peer("alice");
        await _kith.Session("s").AddMessagesAsync(
            [alice.Message("I live in Berlin.", createdAt: new(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)), alice.Message("I live in Rome.", createdAt: new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero))], Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);

        Assert.Contains("Berlin", await alice.GetRepresentationAsync(new() { AsOf = new(2023, 6, 1, 0, 0, 0, TimeSpan.Zero) }, Cancelled), StringComparison.Ordinal);
        Assert.DoesNotContain("Berlin", await alice.GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);
        Assert.Contains("Berlin", (await alice.GetContextAsync(new() { AsOf = new(2023, 6, 1, 0, 0, 0, TimeSpan.Zero) }, Cancelled)).Representation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_made_rotated_and_revoked()
    {
        var issued = await _kith.Keys.CreateAsync("reports", readOnly: true, cancellationToken: Cancelled);
        Assert.Equal(("reports", true, "active"), (issued.Key.Name, issued.Key.ReadOnly, issued.Key.State));
        var rotated = await _kith.Keys.RotateAsync(issued.Key.Id, TimeSpan.FromHours(1), Cancelled);
        Assert.NotEqual(issued.Token, rotated.Token);
        Assert.NotNull(rotated.Key.PreviousSecretUntil);
        await _kith.Keys.RevokeAsync(issued.Key.Id, Cancelled);
        Assert.Equal("revoked", (await _kith.Keys.GetAsync(issued.Key.Id, Cancelled)).State);
        Assert.Single(await _kith.Keys.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Failed_steps_are_seen_and_unknown_ones_are_not_there()
    {
        await SayAsync("I live in Berlin.", "bob", "Hello.");
        Assert.Empty(await _kith.FailedSteps.ListAsync(kind: "derive", session: "s", state: "failed", cancellationToken: Cancelled).ToListAsync(Cancelled));
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.FailedSteps.ReplayAsync("unknown", Cancelled));
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.FailedSteps.DismissAsync("unknown", Cancelled));
    }

    private async Task<IReadOnlyList<Message>> SayAsync(string first, string other, string second)
    {
        var said = await _kith.Session("s").AddMessagesAsync([_kith.Peer("alice").Message(first), _kith.Peer(other).Message(second)], Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        return said;
    }
}
