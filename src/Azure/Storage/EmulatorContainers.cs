using Microsoft.Extensions.Hosting;

namespace Kith.Azure.Storage;

/// <summary>Makes the containers of an emulator, which starts empty, before anything uses them.</summary>
internal sealed class EmulatorContainers(CosmosDocumentStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.EnsureCreatedAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
