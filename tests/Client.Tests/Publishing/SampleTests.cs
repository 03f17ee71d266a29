namespace Kith.Client.Tests.Publishing;

/// <summary>The samples as somebody runs them, against a host of their own. The quick start is run by <see cref="TrimmedTests"/>.</summary>
public sealed class SampleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kith-samples-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_the_game_each_knows_what_it_witnessed()
    {
        await using var host = new ListeningHost();
        var sections = (await RunAsync(host, "Game")).Split("What ").Skip(1).ToDictionary(section => section.Split(':')[0]);
        var (merchant, thief, all) = (sections["the merchant knows of the player"], sections["the thief knows of the player"], sections["there is to be known"]);
        Assert.Contains("rare gemstone", merchant, StringComparison.Ordinal);
        Assert.DoesNotContain("stolen", merchant, StringComparison.Ordinal);
        Assert.Contains("stolen", thief, StringComparison.Ordinal);
        Assert.DoesNotContain("rare", thief, StringComparison.Ordinal);
        Assert.Contains("rare gemstone", all, StringComparison.Ordinal);
        Assert.Contains("stolen", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chat_bot_knows_its_user_in_the_next_conversation()
    {
        await using var host = new ListeningHost();
        Assert.Contains("Say something, alice.", await RunAsync(host, "ChatBot", ["alice"], "I live in Rome.\n\n"), StringComparison.Ordinal);
        var kith = new KithClient(new KithClientOptions { WorkspaceId = "chat-bot", BaseUrl = host.Address });
        await kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        Assert.Contains("Rome", await RunAsync(host, "ChatBot", ["alice"], "Where do I live?\n\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_imported_once()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "notes.md"), "I live in Rome. I love hiking.", Cancelled);
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "more"));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "more", "tea.txt"), "I prefer tea.", Cancelled);
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "broken.pdf"), [1, 2, 3], Cancelled);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "program.exe"), "not read", Cancelled);
        await using var host = new ListeningHost();

        var first = await RunAsync(host, "ImportFolder", [_folder.FullName, "alice"]);
        Assert.Contains("notes.md: 1 messages", first, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine("more", "tea.txt")}: 1 messages", first, StringComparison.Ordinal);
        Assert.Contains("broken.pdf: ", first, StringComparison.Ordinal);
        Assert.DoesNotContain("program.exe", first, StringComparison.Ordinal);
        var again = await RunAsync(host, "ImportFolder", [_folder.FullName, "alice"]);
        Assert.Contains("notes.md: imported before", again, StringComparison.Ordinal);
        Assert.Equal(first.Trim().Split('\n')[^1], again.Trim().Split('\n')[^1]);
        Assert.DoesNotContain("\n0 conclusions", first, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<string> RunAsync(ListeningHost host, string sample, IEnumerable<string>? arguments = null, string input = "")
    {
        var program = Repository.PathOf($"samples/{sample}/bin/{Processes.Configuration}/net10.0/Kith.{sample}.dll");
        var environment = new Dictionary<string, string?> { ["KITH_BASE_URL"] = host.Address.ToString(), ["OPENAI_API_KEY"] = null };
        var (exitCode, output) = await Processes.RunAsync("dotnet", [program, .. arguments ?? []], environment, input);
        Assert.True(exitCode == 0, output);
        return output;
    }
}
