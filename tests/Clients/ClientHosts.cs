namespace Kith.Clients;

/// <summary>An open host and one that asks for keys, with the published clients installed.</summary>
public sealed class ClientHosts : IAsyncLifetime
{
    public const string Secret = "of-the-tests-only-32-bytes-or-more";

    private readonly DataFolder _openData = new();
    private readonly DataFolder _guardedData = new();
    private HostProcess? _open;
    private HostProcess? _guarded;

    /// <summary>Its address without a path, like that of <see cref="Guarded"/>.</summary>
    public string Open => Url(_open!);

    public string Guarded => Url(_guarded!);

    public async ValueTask InitializeAsync()
    {
        await NodePackages.InstallAsync();
        _open = await HostProcess.StartAsync(_openData);
        _guarded = await HostProcess.StartAsync(_guardedData, "--Auth:UseAuth", "true", "--Auth:JwtSecret", Secret);
    }

    public async ValueTask DisposeAsync()
    {
        if (_open is not null)
            await _open.DisposeAsync();
        if (_guarded is not null)
            await _guarded.DisposeAsync();
        _openData.Dispose();
        _guardedData.Dispose();
    }

    private static string Url(HostProcess host) => host.Address.GetLeftPart(UriPartial.Authority);
}
