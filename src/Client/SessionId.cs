using System.Diagnostics.CodeAnalysis;

namespace Kith.Client;

/// <summary>A session, by its id or by the <see cref="Session"/> itself: methods that take one take either.</summary>
/// <example>
/// <code>
/// SessionId one = "session-1", same = kith.Session("session-1");
/// </code>
/// </example>
public sealed record SessionId
{
    /// <summary>Names a session.</summary>
    /// <param name="value">Its id.</param>
    /// <exception cref="ArgumentException">The id is not one.</exception>
    public SessionId(string value) => Value = Ids.Session(value, nameof(value));

    /// <summary>The id.</summary>
    public string Value { get; }

    /// <summary>A session by its id.</summary>
    /// <param name="id">The id, or null.</param>
    [return: NotNullIfNotNull(nameof(id))]
    public static implicit operator SessionId?(string? id) => id is null ? null : new(id);

    /// <summary>A session by itself.</summary>
    /// <param name="session">The session, or null.</param>
    [return: NotNullIfNotNull(nameof(session))]
    public static implicit operator SessionId?(Session? session) => session is null ? null : new(session.Id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
