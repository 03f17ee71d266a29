namespace Kith.Http.Hooks;

/// <summary>The platforms that may call.</summary>
internal sealed class HookTable(IEnumerable<IHook> hooks)
{
    private readonly Dictionary<string, IHook> _hooks = hooks.ToDictionary(hook => hook.Platform.Name, StringComparer.Ordinal);

    public IHook? Find(string platform) => _hooks.GetValueOrDefault(platform);
}
