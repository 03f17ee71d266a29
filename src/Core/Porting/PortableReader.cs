using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Porting;

/// <summary>Reads and checks the lines of Kith's own export, one after the other. What is wrong is told with the line's number.</summary>
public sealed class PortableReader(string workspace)
{
    private long _number;
    private bool _ended;

    /// <summary>Whose export it is; null where it is a workspace's.</summary>
    public string? Peer { get; private set; }

    /// <summary>What the line says; null for lines that only help reading.</summary>
    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/></exception>
    public ImportLine? Read(ReadOnlySpan<byte> line)
    {
        _number++;
        if (_ended)
            throw Wrong("nothing may come after the end");
        var json = Parse(line);
        if (_number == 1)
        {
            ReadHeader(json);
            return null;
        }

        if (json["cursor"] is not null)
            return null;
        if (json["end"] is not null)
        {
            _ended = true;
            return null;
        }

        return new ImportLine { Document = ReadDocument(json) };
    }

    /// <summary>To be called after the last line.</summary>
    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: something is missing.</exception>
    public void Complete()
    {
        if (!_ended)
            throw new KithException(ErrorCode.Invalid, _number == 0 ? "The export is empty" : $"The export is cut off after line {_number}: its last line, {{\"end\":true}}, is missing");
    }

    private void ReadHeader(JsonObject json)
    {
        if (TextOf(json, "format") != ExportLines.Format)
            throw Wrong($"not a Kith export: it must begin with {{\"format\":\"{ExportLines.Format}\"…}}");
        if (json["version"]?.GetValueKind() != JsonValueKind.Number || !json["version"]!.AsValue().TryGetValue<int>(out var version) || version != ExportLines.Version)
            throw Wrong($"unknown version; this Kith reads version {ExportLines.Version}");
        Peer = TextOf(json, "peer");
    }

    private ImportLine.PortableDocument ReadDocument(JsonObject json)
    {
        var (place, id) = (TextOf(json, "at") ?? throw Wrong("'at' is missing"), TextOf(json, "id") ?? throw Wrong("'id' is missing"));
        if (json["document"] is not JsonObject document)
            throw Wrong("'document' is missing");
        string[] names = place.Split('/');
        if (!Enum.TryParse<Container>(names[0], ignoreCase: true, out var container) || names.Length != (container == Container.Memory ? 3 : 2) || !names.Skip(1).All(IsName))
            throw Wrong("'at' is no place of a document");
        if (!StoreLimits.IsId(id))
            throw Wrong("'id' is no id of a document");
        var type = TextOf(document, "type");
        var kind = PortableKinds.Find(container, type ?? "") ?? throw Wrong($"documents of type '{Short(type)}' are not imported to {names[0]}");
        if (document.ContainsKey("workspaceId"))
            document["workspaceId"] = workspace;
        if (kind == PortableKinds.Workspace)
            document["name"] = workspace;
        kind.Renew(document);

        var third = names.Length > 2 ? names[2] : null;
        var value = Value(document, kind);
        if (Expected(value, names[1], third) is { } expected && expected != id)
            throw Wrong($"a {type} with other ids than its place says");
        return new ImportLine.PortableDocument(container, names[1], third, id, kind.Type, JsonSerializer.SerializeToElement(value, kind.Shape));
    }

    private object Value(JsonObject document, PortableKind kind)
    {
        try
        {
            var value = document.Deserialize(kind.Shape) ?? throw Wrong("'document' is null");
            return JsonSerializer.SerializeToUtf8Bytes(value, kind.Shape).Length <= Limits.DocumentBytes ? value : throw Wrong($"a document has more than {Limits.DocumentBytes} bytes");
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or NotSupportedException)
        {
            // The messages of the reader may quote content.
            var path = (exception as JsonException)?.Path;
            throw Wrong($"no {kind.Type}: {(path is null or "$" ? "a member is missing or has the wrong form" : $"'{path}' is missing or has the wrong form")}");
        }
    }

    /// <summary>The id that the document must have at its place; null where it is free; one that nothing has where the place is wrong.</summary>
    private static string? Expected(object value, string second, string? third) => value switch
    {
        Message message => message.SessionId == second && message.Sequence > 0 && Names.IsValid(message.Id) ? message.Id : "",
        Tombstone tombstone => Tombstone.IdOf(tombstone.Sequence),
        Member member => Names.CanExist(member.Peer) && member.Spans.Count > 0 ? Member.IdPrefix + member.Peer : "",
        Session session => session.Name == second ? SessionDocument.Id : "",
        Head => Head.Id,
        Watermarks => Watermarks.Id,
        Summary summary => Summaries.IdOf(summary.Kind),
        Conclusion conclusion => conclusion.Observer == second && conclusion.Observed == third && Names.IsValid(conclusion.Id) ? conclusion.Id : "",
        PeerCard => PeerCard.Id,
        Dream => Dream.Id,
        Peer peer => second == Owners.Peers("w").Second && Names.CanExist(peer.Name) ? peer.Name : "",
        Workspace => Owners.WorkspaceId,
        Membership membership => second.StartsWith(Names.ScopePrefix, StringComparison.Ordinal) ? membership.Session : "",
        _ => null,
    };

    private static bool IsName(string name) => Names.CanExist(name) || (name.StartsWith('$') && Names.IsValid(name.AsSpan(1)));

    private static string? TextOf(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Short(string? text) => text?.Length > 40 ? text[..40] : text;

    private JsonObject Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var json = JsonNode.Parse(line) as JsonObject ?? throw Wrong("no JSON object");
            // Members given twice are found when the object is first used.
            _ = json.Count;
            return json;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw Wrong("no valid JSON");
        }
    }

    private KithException Wrong(string what) => new(ErrorCode.Invalid, $"Line {_number}: {what}");
}
