using Kith.Core.Rebuilding;
using Kith.Http.Schema;

namespace Kith.Http.Rebuilds.Requests;

/// <param name="What">Everything where null.</param>
internal sealed record RebuildCreate(IReadOnlyList<string>? What = null, string? Session = null, string? Peer = null)
{
    private static readonly Dictionary<string, RebuildPart> Parts = Enum.GetValues<RebuildPart>().ToDictionary(Name);

    public static RebuildCreate? Read(Input body) => body.Object()?.Only("what", "session", "peer") is not { } fields ? null : new(
        fields.Optional("what").List(part => part.OneOf("enum", [.. Parts.Keys]), min: 1),
        fields.Optional("session").Text(min: 1),
        fields.Optional("peer").Text(min: 1));

    public static string Name(RebuildPart part) => part.ToString().ToLowerInvariant();

    public RebuildRequest In(string workspace) => new(workspace, What is null ? null : [.. What.Select(name => Parts[name])], Session, Peer);
}
