using Kith.Core.Directory;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <summary>A map from peers to their settings in a session.</summary>
internal static class Members
{
    public static IReadOnlyDictionary<string, MemberSettings>? Read(Input map) => map.Map(ReadSettings);

    public static MemberSettings? ReadSettings(Input settings) =>
        settings.Object() is not { } fields ? null : new(fields.Optional("observe_me").Boolean(), fields.Optional("observe_others").Boolean());
}
