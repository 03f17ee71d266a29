using System.Security.Cryptography;
using Kith.Client;

if (args is not [var folder, var owner])
{
    Console.Error.WriteLine("Usage: ImportFolder FOLDER PEER");
    return 1;
}

string[] endings = [".md", ".txt", ".json", ".csv", ".pdf"];
var kith = new KithClient("documents");
var peer = kith.Peer(owner);
foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => endings.Contains(Path.GetExtension(path).ToLowerInvariant())).Order())
{
    // A session per content: a document that was imported before is found again, one that has changed is another.
    var name = Path.GetRelativePath(folder, path);
    await using var file = File.OpenRead(path);
    var session = kith.Session($"document-{Convert.ToHexStringLower(await SHA256.HashDataAsync(file))[..32]}");
    if (await session.GetMessagesAsync(new() { PageSize = 1 }).AnyAsync())
    {
        Console.WriteLine($"{name}: imported before");
        continue;
    }

    try
    {
        file.Position = 0;
        var messages = await session.UploadFileAsync(file, Path.GetFileName(path), peer, new() { Metadata = new() { ["path"] = name }, CreatedAt = File.GetLastWriteTimeUtc(path) });
        Console.WriteLine($"{name}: {messages.Count} messages");
    }
    catch (KithException refused)
    {
        Console.WriteLine($"{name}: {refused.Message}");
    }
}

await kith.WaitUntilIdleAsync(timeout: TimeSpan.FromHours(1));
Console.WriteLine($"{await peer.Conclusions.ListAsync().CountAsync()} conclusions");
return 0;
