using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kith.Core.Storage;

namespace Kith.Core.Porting;

/// <summary>A kind of document that goes from one store to another.</summary>
/// <param name="Left">Members that belong to the store and not to the document: when work is due, what is indexed, secrets.</param>
internal sealed record PortableKind(Container Container, string Type, JsonTypeInfo Shape, params IReadOnlyList<string> Left)
{
    /// <summary>Of what is left behind, the lists: a document without them has none, which is not the same as an empty one.</summary>
    private static readonly string[] Lists = ["secrets", "unindexed"];

    /// <summary>Puts what a store begins with in the place of what was left behind.</summary>
    public void Renew(JsonObject document)
    {
        foreach (var member in Left)
        {
            document.Remove(member);
            if (Lists.Contains(member))
                document[member] = new JsonArray();
        }
    }

    /// <summary>The document as any store writes it, without what is left behind.</summary>
    public JsonObject Written(ReadOnlySpan<byte> body) => Written(JsonSerializer.Deserialize(body, Shape)!);

    public JsonObject Written(object value)
    {
        var written = JsonSerializer.SerializeToNode(value, Shape)!.AsObject();
        foreach (var member in Left)
            written.Remove(member);
        return written;
    }
}
