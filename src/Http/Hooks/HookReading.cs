using Kith.Core.Platforms;

namespace Kith.Http.Hooks;

/// <summary>What a proven request says, and what it is answered once that is durable.</summary>
internal sealed record HookReading(HookAnswer Answer, params IReadOnlyList<PlatformEvent> Events)
{
    /// <summary>Nothing that Kith keeps: acknowledged, so that it does not come again.</summary>
    public static HookReading Nothing { get; } = new(HookAnswer.Ok);

    public static HookReading Of(IEnumerable<PlatformEvent> events) => new(HookAnswer.Ok, [.. events]);
}
