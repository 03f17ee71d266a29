namespace Kith.Client;

/// <summary>How a <see cref="KithClient"/> reaches its server. What is not set comes from the environment, see <see cref="FromEnvironment()"/>.</summary>
/// <example>
/// <code>
/// var kith = new KithClient(new KithClientOptions
/// {
///     WorkspaceId = "my-app",
///     BaseUrl = KithClientOptions.HonchoUrl,
///     ApiKey = "…",
///     Timeout = TimeSpan.FromSeconds(30),
///     MaxRetries = 3,
/// });
/// </code>
/// </example>
public sealed record KithClientOptions
{
    /// <summary>The workspace of a client that names none.</summary>
    public const string DefaultWorkspaceId = "default";

    /// <summary>A Kith or Honcho on this machine.</summary>
    public static Uri LocalUrl { get; } = new("http://127.0.0.1:8000");

    /// <summary>Honcho's own service.</summary>
    public static Uri HonchoUrl { get; } = new("https://api.honcho.dev");

    /// <summary>The workspace, in which all peers and sessions of the client are: 1 to 512 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public string WorkspaceId { get; init; } = DefaultWorkspaceId;

    /// <summary>
    /// Where the server is; a path in it is kept. Null: the <see cref="HttpClient.BaseAddress"/> of the client that was handed in, else <see cref="LocalUrl"/>.
    /// </summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The key, sent as <c>Authorization: Bearer</c>. Null for a server that asks for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>
    /// How long one attempt may take; of a streamed answer, until it begins. 60 seconds. Questions with much reasoning take their time: give such a client more.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How often a request is tried again after 408, 429, 500, 502, 503, 504, no answer or no connection. 2; 0 turns it off. The delay doubles from half a second, up to 8
    /// seconds, with jitter, unless the server says how long (<c>Retry-After</c>, up to a minute). Every POST carries an <c>Idempotency-Key</c>, the same in each attempt, so
    /// that Kith does the work once. Honcho's server ignores it: there, a message whose acknowledgement was lost may be stored twice.
    /// </summary>
    public int MaxRetries { get; init; } = 2;

    /// <summary>Headers of every request; they replace those that the client sets itself.</summary>
    public IReadOnlyDictionary<string, string> DefaultHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>Added to the query of every request.</summary>
    public IReadOnlyDictionary<string, string> DefaultQuery { get; init; } = new Dictionary<string, string>();

    /// <summary>The clock of timeouts and delays.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Options from <c>KITH_API_KEY</c>, <c>KITH_BASE_URL</c> and <c>KITH_WORKSPACE_ID</c>, or else from Honcho's names for them: <c>HONCHO_API_KEY</c>, <c>HONCHO_BASE_URL</c>
    /// or <c>HONCHO_URL</c>, <c>HONCHO_WORKSPACE_ID</c>.
    /// </summary>
    /// <exception cref="ArgumentException">An address in the environment is not one.</exception>
    public static KithClientOptions FromEnvironment() => FromEnvironment(Environment.GetEnvironmentVariable);

    /// <summary>The same from another source of variables.</summary>
    /// <param name="variable">Finds a variable by its name; null or empty where it is not set.</param>
    /// <exception cref="ArgumentException">An address is not one.</exception>
    public static KithClientOptions FromEnvironment(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return new KithClientOptions
        {
            ApiKey = First("KITH_API_KEY", "HONCHO_API_KEY"),
            BaseUrl = First("KITH_BASE_URL", "HONCHO_BASE_URL", "HONCHO_URL") is { } address ? Address(address) : null,
            WorkspaceId = First("KITH_WORKSPACE_ID", "HONCHO_WORKSPACE_ID") ?? DefaultWorkspaceId,
        };

        string? First(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (variable(name) is { Length: > 0 } value)
                    return value;
            }

            return null;
        }
    }

    /// <summary>Workspace and address; never the key.</summary>
    public override string ToString() => $"{WorkspaceId} at {BaseUrl ?? LocalUrl}";

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) ? address : throw new ArgumentException($"'{text}' is no address of a server.", nameof(text));
}
