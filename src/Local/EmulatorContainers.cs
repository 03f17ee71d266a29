using Kith.Azure.Storage;

namespace Kith.Local;

/// <summary>Makes the containers of an emulator, which starts empty, before anything uses them.</summary>
internal sealed class EmulatorContainers(CosmosDocumentStore store) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => store.EnsureCreatedAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
