using System.Globalization;
using System.Text;

namespace Kith.Client.Transport;

/// <summary>A path with its query; what is null is left out.</summary>
internal sealed class Query(string path)
{
    private readonly StringBuilder _text = new(path);
    private bool _hasAny = path.Contains('?', StringComparison.Ordinal);

    public static string Escape(string segment) => Uri.EscapeDataString(segment);

    public Query Add(string name, string? value)
    {
        if (value is null)
            return this;
        _text.Append(_hasAny ? '&' : '?').Append(Escape(name)).Append('=').Append(Escape(value));
        _hasAny = true;
        return this;
    }

    public Query Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, long? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query Add(string name, double? value) => Add(name, value?.ToString("R", CultureInfo.InvariantCulture));

    public Query Add(string name, bool? value) => Add(name, value is { } given ? given ? "true" : "false" : null);

    public Query Add(string name, DateTimeOffset? value) => Add(name, value is { } time ? Wire.MomentConverter.Format(time) : null);

    public Query Add(string name, IEnumerable<string>? values)
    {
        foreach (var value in values ?? [])
            Add(name, value);
        return this;
    }

    public override string ToString() => _text.ToString();
}
