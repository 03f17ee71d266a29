using Kith.Azure.Recall;
using Kith.Core.Recall;

namespace Kith.Local;

/// <summary>Makes the search index, or finds it as it should be, before anything uses it.</summary>
internal sealed class SearchIndexCreation(IRecallIndex index) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => ((SearchRecallIndex)index).EnsureCreatedAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
