using System.Text.Json;
using Kith.Http.Honcho;
using Kith.Http.Schema;

namespace Kith.Http.Threads;

/// <summary>Names are camel case; upstream's snake case is read as well, so that its files and its callers' habits go on working.</summary>
internal static class Spelling
{
    public static Input Needs(this Fields fields, string name) => fields.Required(name, Snake(name));

    /// <summary>Null counts as absent.</summary>
    public static Input May(this Fields fields, string name) => fields.Optional(name, Snake(name));

    public static Input Parameter(this ApiRequest request, string name) => request.Query(name) is { IsMissing: false } given ? given : request.Query(Snake(name));

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
