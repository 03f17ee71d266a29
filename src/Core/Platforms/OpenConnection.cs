namespace Kith.Core.Platforms;

/// <summary>A connection with its secrets opened. Lives in memory only, and for moments.</summary>
public sealed class OpenConnection
{
    private readonly IReadOnlyList<ConnectionSecret> _secrets;
    private readonly TimeProvider _time;

    /// <param name="secrets">Opened.</param>
    internal OpenConnection(Connection connection, IReadOnlyList<ConnectionSecret> secrets, TimeProvider time)
    {
        Connection = connection;
        Platform = Platform.Find(connection.Platform) ?? throw new KithException(ErrorCode.Invalid, $"There is no platform {connection.Platform}");
        _secrets = secrets;
        _time = time;
    }

    public Connection Connection { get; }

    public Platform Platform { get; }

    /// <summary>What holds now, the newest first: two while a secret is being replaced.</summary>
    public IReadOnlyList<string> All(string secret)
    {
        var now = _time.GetUtcNow();
        return [.. _secrets.Where(one => one.Name == secret && !(one.ExpiresAt <= now)).Select(one => one.Value)];
    }

    /// <summary>Null where none was given.</summary>
    public string? Newest(string secret) => _secrets.FirstOrDefault(one => one.Name == secret)?.Value;

    public string? Setting(string name) => Connection.Settings.GetValueOrDefault(name);

    /// <summary>Whether there is anything to verify events by.</summary>
    public bool CanVerify => Platform.Secrets.Contains(Platform.Proof) ? All(Platform.Proof).Count > 0 : Setting(Platform.Proof) is not null;
}
