using Kith.Azure.Recall;
using Kith.Azure.Storage;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Http.Hosting;
using Kith.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Kith.Http.Tests.Local;

public sealed class LocalRegistrationTests
{
    [Fact]
    public async Task In_azure_without_a_search_service_recall_scans_the_documents()
    {
        await using var app = Build(("storage", "azure"), ("Cosmos:Endpoint", "https://account.documents.azure.com"));
        Assert.IsType<CosmosDocumentStore>(app.Services.GetRequiredService<IDocumentStore>());
        Assert.IsType<ScanRecallIndex>(app.Services.GetRequiredService<IRecallIndex>());
        Assert.DoesNotContain(app.Services.GetServices<IHostedService>(), service => service is SearchIndexCreation);
    }

    [Fact]
    public async Task In_azure_with_a_search_service_its_index_is_made_before_work_begins()
    {
        await using var app = Build(("storage", "azure"), ("Cosmos:Endpoint", "https://account.documents.azure.com"), ("Search:Endpoint", "https://name.search.windows.net"));
        Assert.IsType<SearchRecallIndex>(app.Services.GetRequiredService<IRecallIndex>());
        Type[] started = [.. app.Services.GetServices<IHostedService>().Select(service => service.GetType())];
        Assert.InRange(Array.IndexOf(started, typeof(SearchIndexCreation)), 0, Array.FindIndex(started, type => type.Name == "LocalWorker") - 1);
    }

    private static WebApplication Build(params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value)));
        builder.Services.AddKith(builder.Configuration);
        builder.AddLocal(LocalOptions.From(builder.Configuration));
        return builder.Build();
    }
}
