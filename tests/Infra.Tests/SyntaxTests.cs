namespace Kith.Infra.Tests;

public sealed class SyntaxTests(Bicep bicep) : IClassFixture<Bicep>
{
    /// <summary>Functions of the language that are used, and its namespaces.</summary>
    private static readonly HashSet<string> Known =
    [
        "allowed", "concat", "deployer", "description", "environment", "guid", "items", "length", "map", "maxLength", "maxValue", "metadata", "minLength", "minValue", "newGuid",
        "onlyIfNotExists", "range", "resourceGroup", "resourceId", "secure", "string", "subscription", "subscriptionResourceId", "take", "tenant", "toLower", "union", "uniqueString", "utcNow",
    ];

    [Fact]
    public void Every_file_parses()
    {
        Assert.Contains("main.bicep", bicep.Files.Keys);
        var broken = bicep.Files.Values.SelectMany(file => file.Root.All.Where(node => node.Type is "ERROR" or "MISSING").Select(node => $"{file.Path}:{node.Line} {node.Text}"));
        Assert.Empty(broken);
    }

    [Fact]
    public async Task A_broken_file_is_found_out()
    {
        using var folder = new DataFolder();
        var file = Path.Combine(folder.Path, "broken.bicep");
        await File.WriteAllTextAsync(file, "resource r 'A/b@2020-01-01' = {\n  name: \n}\n", TestContext.Current.CancellationToken);
        var parsed = Assert.Single(await Bicep.ParseAsync([file]));
        Assert.Contains(parsed.Root.All, node => node.Type is "ERROR" or "MISSING");
    }

    [Fact]
    public void Every_name_is_declared_and_every_declaration_is_used()
    {
        var mistakes = new List<string>();
        foreach (var file in bicep.Files.Values)
        {
            HashSet<string> declared = [.. file.Parameters.Keys, .. file.Variables.Keys, .. file.Resources.Keys, .. file.Modules.Keys];
            HashSet<string> local =
            [
                .. file.Root.All.Where(node => node.Type is "loop_variable" or "loop_enumerator").Select(node => node.Text),
                .. file.Root.Find("for_statement").Where(loop => loop.Child("for_loop_parameters") is null).Select(loop => loop.Child("identifier")!.Text),
                .. file.Root.Find("lambda_expression").SelectMany(lambda => lambda.Children[0].Find("identifier")).Select(node => node.Text),
            ];
            mistakes.AddRange(local.Where(declared.Contains).Select(name => $"{file.Path}: the loop's {name} hides a declaration"));
            var used = file.Root.Children.SelectMany(Used).ToList();
            mistakes.AddRange(used.Where(node => !declared.Contains(node.Text) && !local.Contains(node.Text) && !Known.Contains(node.Text)).Select(node => $"{file.Path}:{node.Line} {node.Text} is not declared"));
            var idle = file.Parameters.Keys.Concat(file.Variables.Keys).Except(used.Select(node => node.Text));
            mistakes.AddRange(idle.Select(name => $"{file.Path}: {name} is not used"));
        }
        Assert.Empty(mistakes);
    }

    /// <summary>Identifiers that stand for a value: neither the name of a declaration nor that of a member.</summary>
    private static IEnumerable<BicepNode> Used(BicepNode node)
    {
        var children = node.Type.EndsWith("_declaration", StringComparison.Ordinal) ? node.Children.Where(child => child != node.Child("identifier"))
            : node.Type == "object_property" ? node.Children.Skip(1)
            : node.Children;
        var below = children.SelectMany(Used);
        return node.Type == "identifier" ? below.Prepend(node) : below;
    }
}
