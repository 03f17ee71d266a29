namespace Kith.Infra.Tests;

/// <summary>What a file declares.</summary>
/// <param name="Path">Below <c>infra/</c>.</param>
public sealed record BicepFile(string Path, BicepNode Root)
{
    public IReadOnlyDictionary<string, BicepNode> Parameters => Declared("parameter_declaration");

    public IReadOnlyDictionary<string, BicepNode> Variables => Declared("variable_declaration");

    public IReadOnlyDictionary<string, BicepNode> Outputs => Declared("output_declaration");

    public IReadOnlyDictionary<string, BicepNode> Modules => Declared("module_declaration");

    public IReadOnlyDictionary<string, BicepNode> Resources => Declared("resource_declaration");

    /// <summary>Parameters that a caller has to pass.</summary>
    public IEnumerable<string> Required => Parameters.Where(parameter => parameter.Value.Value is null && parameter.Value.Find("nullable_type").FirstOrDefault() is null).Select(parameter => parameter.Key);

    /// <summary>Type and API version of a resource.</summary>
    public static (string Type, string Version) TypeOf(BicepNode resource) =>
        resource.Child("string")!.Literal!.Split('@') is [var type, var version] ? (type, version) : throw new FormatException(resource.Text);

    public static bool IsExisting(BicepNode resource) => resource.Child("existing") is not null;

    private Dictionary<string, BicepNode> Declared(string type) => Root.Children.Where(node => node.Type == type).ToDictionary(node => node.Child("identifier")!.Text, StringComparer.Ordinal);
}
