namespace Kith.Infra.Tests;

/// <summary>A node of a syntax tree, tokens included.</summary>
public sealed record BicepNode(string Type, int Line, string Text, IReadOnlyList<BicepNode> Children)
{
    public IEnumerable<BicepNode> All => Children.SelectMany(child => child.All).Prepend(this);

    /// <summary>The value of a plain string; null for another expression, also for a string with an expression in it.</summary>
    public string? Literal => Type switch
    {
        "string" when Children.All(child => child.Type is "'" or "string_content" or "escape_sequence") => string.Concat(Children.Where(child => child.Type != "'").Select(child => child.Text)),
        "boolean" or "number" => Text,
        _ => null,
    };

    public BicepNode? Child(string type) => Children.FirstOrDefault(child => child.Type == type);

    public IEnumerable<BicepNode> Find(string type) => All.Where(node => node.Type == type);

    /// <summary>What stands after the equals sign or the colon.</summary>
    public BicepNode? Value => Children.SkipWhile(child => child.Type is not ("=" or ":")).Skip(1).FirstOrDefault();

    /// <summary>Of an object: its own members by name.</summary>
    public Dictionary<string, BicepNode> Members => Children.Where(child => child.Type == "object_property").ToDictionary(
        property => property.Children[0].Literal ?? property.Children[0].Text, property => property.Value!, StringComparer.Ordinal);

    /// <summary>Of the object declared here, behind conditions and loops: the member at a path.</summary>
    public BicepNode? At(params string[] path)
    {
        var current = Type == "object" ? this : Find("object").FirstOrDefault();
        foreach (var name in path)
            current = current?.Members.GetValueOrDefault(name);
        return current;
    }
}
