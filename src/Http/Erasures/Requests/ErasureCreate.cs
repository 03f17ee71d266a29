using Kith.Core;
using Kith.Core.Erasing;
using Kith.Http.Schema;

namespace Kith.Http.Erasures.Requests;

/// <param name="Kind"><c>message</c>, <c>session</c>, <c>peer</c>, <c>workspace</c> or <c>conclusion</c>.</param>
/// <param name="Session">Of a message or a session.</param>
internal sealed record ErasureCreate(string Kind, string? Session = null, string? Message = null, string? Peer = null, string? Conclusion = null)
{
    private static readonly Dictionary<string, ErasureKind> Kinds = Enum.GetValues<ErasureKind>().ToDictionary(Name);

    public static ErasureCreate? Read(Input body) => body.Object()?.Only("kind", "session", "message", "peer", "conclusion") is not { } fields ? null : new(
        fields.Required("kind").OneOf("enum", [.. Kinds.Keys]) ?? "",
        fields.Optional("session").Text(min: 1),
        fields.Optional("message").Text(min: 1),
        fields.Optional("peer").Text(min: 1),
        fields.Optional("conclusion").Text(min: 1));

    public static string Name(ErasureKind kind) => kind.ToString().ToLowerInvariant();

    /// <exception cref="KithException">The kind needs other ids than were given.</exception>
    public ErasureTarget Target()
    {
        var given = Given();
        string[] needed = Kinds[Kind] switch
        {
            ErasureKind.Message => ["session", "message"],
            ErasureKind.Session => ["session"],
            ErasureKind.Peer => ["peer"],
            ErasureKind.Conclusion => ["conclusion"],
            _ => [],
        };
        return given.SequenceEqual(needed)
            ? new ErasureTarget(Kinds[Kind], Session, Message, Peer, Conclusion)
            : throw new KithException(ErrorCode.Invalid, $"To erase a {Kind}, give {(needed.Length == 0 ? "no ids" : string.Join(" and ", needed))}{(given.Length == 0 ? "" : $", not {string.Join(" and ", given)}")}");
    }

    private string[] Given() =>
        [.. new[] { ("session", Session), ("message", Message), ("peer", Peer), ("conclusion", Conclusion) }.Where(field => field.Item2 is not null).Select(field => field.Item1)];
}
