using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Storage;

namespace Kith.Core.Tests.Engine;

/// <summary>Appends that come again: in one process and in two, whole and staged, and after a death at any write.</summary>
public sealed class ClaimTests
{
    private static readonly RequestClaim Claim = new("c", "hash", TimeSpan.FromHours(24));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Concurrent_duplicates_in_two_processes_have_one_effect_and_one_result()
    {
        await using var engine = new TestEngine();
        var other = engine.Beside();
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => AppendAsync(i % 2 == 0 ? engine.Core : other, Claim, "a", "b")));
        Assert.Single(results.Select(messages => string.Join(',', messages.Select(message => message.Id))).Distinct());
        Assert.Equal(["a", "b"], await StoredAsync(engine));
    }

    [Fact]
    public async Task Concurrent_messages_of_one_client_id_are_one_message()
    {
        await using var engine = new TestEngine();
        var other = engine.Beside();
        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(i =>
            (i % 2 == 0 ? engine.Core : other).Messages.AppendAsync(TestEngine.Tenant, "s", [new("p", "a") { ClientId = "1" }, new("p", "b") { ClientId = "2" }], Cancel)));
        Assert.Single(results.Select(messages => string.Join(',', messages.Select(message => message.Id))).Distinct());
        Assert.Equal(["a", "b"], await StoredAsync(engine));
    }

    [Fact]
    public async Task Of_a_mixed_call_what_is_known_is_returned_and_what_is_new_is_appended_in_order()
    {
        await using var engine = new TestEngine();
        var first = await engine.Core.Messages.AppendAsync(TestEngine.Tenant, "s", [Told("2", "two"), Told("4", "four")], Cancel);
        var second = await engine.Core.Messages.AppendAsync(TestEngine.Tenant, "s", [Told("1", "one"), Told("2", "otherwise"), new("p", "nameless"), Told("4", "four"), Told("1", "one")], Cancel);
        Assert.Equal(["one", "two", "nameless", "four", "one"], second.Select(message => message.Content));
        Assert.Equal((first[0].Id, first[1].Id, second[0].Id), (second[1].Id, second[3].Id, second[4].Id));
        Assert.Equal(["two", "four", "one", "nameless"], await StoredAsync(engine));
    }

    [Fact]
    public async Task A_client_id_belongs_to_its_session()
    {
        await using var engine = new TestEngine();
        var here = await engine.Core.Messages.AppendAsync(TestEngine.Tenant, "s", [Told("1", "x")], Cancel);
        var there = await engine.Core.Messages.AppendAsync(TestEngine.Tenant, "t", [Told("1", "x")], Cancel);
        Assert.NotEqual(here[0].Id, there[0].Id);
    }

    [Fact]
    public async Task Another_body_under_the_same_claim_is_refused_and_stores_nothing()
    {
        await using var engine = new TestEngine();
        await AppendAsync(engine.Core, Claim, "a");
        var refused = await Assert.ThrowsAsync<KithException>(() => AppendAsync(engine.Core, Claim with { BodyHash = "other" }, "b"));
        Assert.Equal((ErrorCode.Invalid, "idempotency_key_reused"), (refused.Code, refused.Detail));
        Assert.Equal(["a"], await StoredAsync(engine));
    }

    [Fact]
    public async Task A_claim_is_forgotten_when_its_life_ends()
    {
        await using var engine = new TestEngine();
        await AppendAsync(engine.Core, Claim, "a");
        engine.Time.Advance(TimeSpan.FromHours(23));
        await AppendAsync(engine.Core, Claim, "a");
        Assert.Single(await StoredAsync(engine));
        engine.Time.Advance(TimeSpan.FromHours(2));
        await AppendAsync(engine.Core, Claim, "a");
        Assert.Equal(2, (await StoredAsync(engine)).Count);
    }

    [Fact]
    public async Task A_claim_holds_ids_and_a_hash_and_no_content()
    {
        await using var engine = new TestEngine();
        await AppendAsync(engine.Core, Claim, "a very private matter");
        var document = await engine.Core.Store.ReadAsync(Partition.Conversation(TestEngine.Tenant, "s"), Claiming.Claim.IdOf(Claim), Cancel);
        Assert.DoesNotContain("private", System.Text.Encoding.UTF8.GetString(document!.Body.Span), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(400)]
    public async Task After_a_death_at_any_write_a_repetition_completes_the_call_once(int count)
    {
        for (var writes = 0; ; writes++)
        {
            await using var engine = new TestEngine();
            await engine.RestartAsync(writes: writes);
            string[] texts = [.. Enumerable.Range(0, count).Select(i => $"text {i}")];
            var died = false;
            try
            {
                await AppendAsync(engine.Core, Claim, texts);
            }
            catch (MortalStore.DeadException)
            {
                died = true;
            }

            await engine.RestartAsync();
            var again = await AppendAsync(engine.Core, Claim, texts);
            Assert.Equal(texts, again.Select(message => message.Content));
            Assert.Equal(texts, await StoredAsync(engine));
            if (!died)
                return;
        }
    }

    private static NewMessage Told(string clientId, string content) => new("p", content) { ClientId = clientId };

    private static Task<IReadOnlyList<Message>> AppendAsync(KithEngine engine, RequestClaim claim, params string[] texts) =>
        engine.Messages.AppendAsync(TestEngine.Tenant, "s", [.. texts.Select(text => new NewMessage("p", text))], claim, Cancel);

    private static async Task<List<string>> StoredAsync(TestEngine engine)
    {
        var stored = new List<string>();
        for (var page = 1; ; page++)
        {
            var messages = await engine.Core.Messages.ListAsync(TestEngine.Tenant, "s", new Paging(page, 100, Reverse: false), null, Cancel);
            stored.AddRange(messages.Items.Select(message => message.Content));
            if (stored.Count >= messages.Total)
                return stored;
        }
    }
}
