using Kith.Azure.Recall;
using Kith.Azure.Storage;
using Kith.Core.Reasoning;
using Kith.Core.Recall;

namespace Kith.Local;

/// <summary>What is said when the server is ready.</summary>
internal static class Startup
{
    public static void Print(WebApplication app, LocalOptions options)
    {
        Console.WriteLine($"Kith listens on {string.Join(", ", app.Urls)}");
        Console.WriteLine($"Console: {app.Urls.First()}/console");
        Console.WriteLine($"API: {app.Urls.First()}/docs");
        Console.WriteLine(options.Storage == LocalStorage.Azure
            ? $"Storage: {app.Services.GetRequiredService<CosmosOptions>()}, recall by {app.Services.GetRequiredService<SearchOptions>()}"
            : $"Storage: SQLite in {options.DataFolder}");
        Console.WriteLine($"Reasoner: {app.Services.GetRequiredService<IReasoner>().Name}");
        Console.WriteLine($"Embedder: {app.Services.GetRequiredService<IEmbedder>().Model}");
    }
}
