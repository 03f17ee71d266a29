using System.Text.Json;

namespace Kith.Infra.Tests;

/// <summary>What a compiler would say about modules and their parameters.</summary>
public sealed class ModuleTests(Bicep bicep) : IClassFixture<Bicep>
{
    /// <summary>Parameters of the main file that nobody sets in an azd environment.</summary>
    private static readonly Dictionary<string, string> Computed = new()
    {
        ["signingSecret"] = "random, made by the deployment itself",
        ["secretsKey"] = "random, made by the deployment itself",
        ["budgetStart"] = "this month",
        ["schedulerAllowlist"] = "a list, which the environment cannot hold: change it in the file",
    };

    [Fact]
    public void Modules_are_passed_what_they_declare_and_all_that_they_need()
    {
        var mistakes = new List<string>();
        foreach (var file in bicep.Files.Values)
        {
            foreach (var (name, declaration) in file.Modules)
            {
                var module = bicep.Files.GetValueOrDefault(declaration.Child("string")!.Literal!);
                if (module is null)
                {
                    mistakes.Add($"{name}: there is no {declaration.Child("string")!.Text}");
                    continue;
                }
                var passed = declaration.At("params")!.Members.Keys;
                mistakes.AddRange(passed.Except(module.Parameters.Keys).Select(parameter => $"{name}: {module.Path} has no parameter {parameter}"));
                mistakes.AddRange(module.Required.Except(passed).Select(parameter => $"{name}: {module.Path} needs {parameter}"));
            }
        }
        Assert.Empty(mistakes);
        Assert.Equal(bicep.Files.Keys.Except(["main.bicep"]).Order(), bicep.Main.Modules.Values.Select(module => module.Child("string")!.Literal!).Distinct().Order());
    }

    [Fact]
    public void Outputs_that_are_read_exist()
    {
        var read = bicep.Main.Root.Find("member_expression").Where(node => node.Children[0].Type == "member_expression" && node.Children[0].Children[^1].Text == "outputs").ToList();
        Assert.NotEmpty(read);
        var missing = read.Where(node =>
        {
            var module = bicep.Main.Modules[node.Children[0].Children[0].Text];
            return !bicep.Files[module.Child("string")!.Literal!].Outputs.ContainsKey(node.Children[^1].Text);
        });
        Assert.Empty(missing.Select(node => $"{node.Line}: {node.Text}"));
    }

    [Fact]
    public void Outputs_of_modules_that_may_be_left_out_are_read_only_when_they_are_not()
    {
        var conditional = bicep.Main.Modules.Where(module => module.Value.Child("if_statement") is not null).Select(module => module.Key).ToHashSet();
        var read = bicep.Main.Root.Find("member_expression").Where(node => node.Children[^1].Text == "outputs" && conditional.Contains(node.Children[0].Text));
        // Bicep asks for the mark; a condition around it is what it asserts.
        Assert.All(read, node => Assert.Contains(node.Children, child => child.Type == "!"));
    }

    [Fact]
    public void The_parameters_file_sets_every_parameter_of_the_main_file_and_no_other()
    {
        using var file = JsonDocument.Parse(Repository.Text("infra", "main.parameters.json"));
        var set = file.RootElement.GetProperty("parameters").EnumerateObject().ToDictionary(parameter => parameter.Name, parameter => parameter.Value.GetProperty("value").GetString()!);
        Assert.Equal(bicep.Main.Parameters.Keys.Except(Computed.Keys).Order(), set.Keys.Order());
        foreach (var (name, value) in set)
        {
            // ${NAME=standard}: the standard is the file's own.
            var standard = bicep.Main.Parameters[name].Value?.Literal;
            if (standard is not null)
                Assert.EndsWith($"={standard}}}", value, StringComparison.Ordinal);
        }
    }
}
