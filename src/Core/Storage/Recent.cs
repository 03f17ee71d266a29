using System.Collections.Concurrent;

namespace Kith.Core.Storage;

/// <summary>What was read a moment ago: for what many requests ask and seldom changes. What this process changes it forgets at once.</summary>
/// <param name="life">How old it may be.</param>
/// <param name="most">How many are kept; then it starts anew.</param>
internal sealed class Recent<TKey, TValue>(TimeSpan life, int most)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (DateTimeOffset ReadAt, TValue Value)> _read = new();

    public bool TryGet(TKey key, DateTimeOffset now, out TValue value)
    {
        var isKnown = _read.TryGetValue(key, out var recent) && now - recent.ReadAt < life;
        value = recent.Value;
        return isKnown;
    }

    /// <param name="readAt">When reading began.</param>
    public TValue Keep(TKey key, DateTimeOffset readAt, TValue value)
    {
        if (_read.Count >= most)
            _read.Clear();
        _read[key] = (readAt, value);
        return value;
    }

    public void Forget(TKey key) => _read.TryRemove(key, out _);
}
