using Kith.Azure.Storage;

namespace Kith.Infra.Tests;

public sealed class ResourceTests(Bicep bicep) : IClassFixture<Bicep>
{
    /// <summary>Where each type says that nobody gets in by a key or a password.</summary>
    private static readonly Dictionary<string, (string[] Path, string Value)> Keyless = new()
    {
        ["Microsoft.DocumentDB/databaseAccounts"] = (["properties", "disableLocalAuth"], "true"),
        ["Microsoft.Search/searchServices"] = (["properties", "disableLocalAuth"], "true"),
        ["Microsoft.CognitiveServices/accounts"] = (["properties", "disableLocalAuth"], "true"),
        ["Microsoft.Insights/components"] = (["properties", "DisableLocalAuth"], "true"),
        ["Microsoft.OperationalInsights/workspaces"] = (["properties", "features", "disableLocalAuth"], "true"),
        ["Microsoft.Storage/storageAccounts"] = (["properties", "allowSharedKeyAccess"], "false"),
        ["Microsoft.KeyVault/vaults"] = (["properties", "enableRbacAuthorization"], "true"),
        ["Microsoft.Web/sites/basicPublishingCredentialsPolicies"] = (["properties", "allow"], "false"),
    };

    /// <summary>Types without keys of their own.</summary>
    private static readonly HashSet<string> WithoutKeys =
    [
        "Microsoft.Resources/resourceGroups", "Microsoft.ManagedIdentity/userAssignedIdentities", "Microsoft.Authorization/roleAssignments", "Microsoft.DurableTask/schedulers", "Microsoft.Web/serverfarms",
        "Microsoft.Web/sites", "Microsoft.Network/virtualNetworks", "Microsoft.Network/privateDnsZones", "Microsoft.Network/privateEndpoints", "Microsoft.Insights/diagnosticSettings",
        "Microsoft.Insights/actionGroups", "Microsoft.Insights/scheduledQueryRules", "Microsoft.Insights/metricAlerts", "Microsoft.Consumption/budgets",
    ];

    /// <summary>Spec azure-operations §1.5, and what each is for.</summary>
    private static readonly Dictionary<string, string> Roles = new()
    {
        ["blobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["queueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["tableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["metricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["cosmosDataContributor"] = "00000000-0000-0000-0000-000000000002",
        ["durableTaskDataContributor"] = "0ad04412-c4d5-4796-b79c-f76d14c8d402",
        ["searchIndexDataContributor"] = "8ebe5a00-799e-43f5-93ac-243d3dce84a7",
        ["searchServiceContributor"] = "7ca78c08-252a-4471-8644-bb5ff32d4ba0",
        ["openAiUser"] = "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
        ["secretsUser"] = "4633458b-17de-408a-b874-0445c86b69e6",
    };

    private IEnumerable<(string File, BicepNode Node, string Type, string Version)> Resources => bicep.Files.Values.SelectMany(file => file.Resources.Values.Select(node =>
    {
        var (type, version) = BicepFile.TypeOf(node);
        return (file.Path, node, type, version);
    }));

    [Fact]
    public void Every_type_has_one_api_version()
    {
        // Types below another share its version.
        var families = Resources.GroupBy(resource => string.Join('/', resource.Type.Split('/').Take(2)), resource => resource.Version);
        Assert.All(families, family => Assert.True(family.Distinct().Count() == 1, $"{family.Key}: {string.Join(", ", family.Distinct())}"));
    }

    [Fact]
    public void Nothing_can_be_entered_with_a_key()
    {
        foreach (var (file, node, type, _) in Resources.Where(resource => !BicepFile.IsExisting(resource.Node)))
        {
            if (Keyless.TryGetValue(type, out var rule))
                Assert.True(node.At(rule.Path)?.Literal == rule.Value, $"{file}: {type} needs {string.Join('.', rule.Path)} = {rule.Value}");
            else
                Assert.True(WithoutKeys.Contains(string.Join('/', type.Split('/').Take(2))) || Keyless.ContainsKey(string.Join('/', type.Split('/').Take(2))), $"{file}: can {type} be entered with a key?");
        }
        Assert.Equal(Keyless.Keys.Order(), Resources.Select(resource => resource.Type).Where(Keyless.ContainsKey).Distinct().Order());
        Assert.DoesNotContain(bicep.Files.Values.SelectMany(file => file.Root.Find("identifier")), node => node.Text.StartsWith("list", StringComparison.Ordinal));
    }

    [Fact]
    public void Roles_are_those_of_the_table()
    {
        var written = bicep.Files.Values.SelectMany(file => file.Variables).Where(variable => Guid.TryParse(variable.Value.Value?.Literal, out _)).ToDictionary(variable => variable.Key, variable => variable.Value.Value!.Literal!);
        Assert.Equal(Roles.OrderBy(role => role.Key), written.OrderBy(role => role.Key));
    }

    [Fact]
    public void The_app_may_do_everything_that_who_deploys_may()
    {
        var assignments = Resources.Where(resource => resource.Type is "Microsoft.Authorization/roleAssignments" or "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments").ToList();
        Assert.Equal(9, assignments.Count);
        Assert.All(assignments, assignment => Assert.Contains("rincipal", assignment.Node.At("properties", "principalId")!.Text, StringComparison.Ordinal));
        // The same assignment has the same name at every deployment.
        Assert.All(assignments, assignment => Assert.StartsWith("guid(", assignment.Node.At("name")!.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void Containers_are_those_of_the_code()
    {
        var containers = bicep.Files["modules/cosmos.bicep"].Variables["containers"].Value!.Children.Where(node => node.Type == "object").Select(node => node.Members).ToList();
        Assert.Equal(CosmosContainer.All.Select(container => container.Name), containers.Select(members => members["name"].Literal));
        foreach (var (container, members) in CosmosContainer.All.Zip(containers))
        {
            Assert.Equal(container.Levels.Select(level => $"/{level}"), Texts(members["levels"]));
            Assert.Equal(container.IndexedPaths, Texts(members["included"]));
            Assert.Equal(container.CompositeIndexes, members["composites"].Children.Where(node => node.Type == "array").Select(Texts));
        }
        var resource = Resources.Single(resource => resource.Type == "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers").Node.At("properties", "resource")!;
        Assert.Equal("MultiHash", resource.At("partitionKey", "kind")!.Literal);
        Assert.Equal("-1", resource.At("defaultTtl")!.Text);
        Assert.Equal(["/*"], resource.At("indexingPolicy", "excludedPaths")!.Find("string").Select(text => text.Literal));
        Assert.Contains("order: 'ascending'", resource.At("indexingPolicy", "compositeIndexes")!.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("signingSecret")]
    [InlineData("secretsKey")]
    public void A_secret_is_made_once_and_shown_nowhere(string parameter)
    {
        var vault = bicep.Files["modules/vault.bicep"];
        var secret = vault.Resources.Values.Single(node => BicepFile.TypeOf(node).Type == "Microsoft.KeyVault/vaults/secrets" && node.At("properties", "value")!.Text == parameter);
        Assert.Contains("@onlyIfNotExists()", vault.Root.Text[..vault.Root.Text.IndexOf(secret.Text, StringComparison.Ordinal)][^20..], StringComparison.Ordinal);
        Assert.Equal("'${newGuid()}${newGuid()}'", bicep.Main.Parameters[parameter].Value!.Text);
        Assert.DoesNotContain(bicep.Files.Values.SelectMany(file => file.Outputs.Values), output => output.Value!.Find("identifier").Any(node => node.Text == parameter));
    }

    [Fact]
    public void The_app_is_closed_until_its_secret_exists_and_keeps_secrets_under_a_key_of_the_vault()
    {
        var settings = Settings.OfBicep(bicep);
        Assert.Equal("true", settings["KITH_Auth__UseAuth"].Literal);
        Assert.Equal("'@Microsoft.KeyVault(SecretUri=${signingSecretUri})'", settings["KITH_Auth__JwtSecret"].Text);
        Assert.Equal("'@Microsoft.KeyVault(SecretUri=${secretsKeyUri})'", settings["KITH_Secrets__Key"].Text);
    }

    [Fact]
    public void What_travels_is_encrypted()
    {
        var site = Resources.Single(resource => resource.Type == "Microsoft.Web/sites").Node;
        Assert.Equal("true", site.At("properties", "httpsOnly")!.Literal);
        Assert.Equal("1.2", site.At("properties", "siteConfig", "minTlsVersion")!.Literal);
        Assert.Equal("Disabled", site.At("properties", "siteConfig", "ftpsState")!.Literal);
        Assert.All(Resources.Where(resource => resource is { Type: "Microsoft.Storage/storageAccounts" } && !BicepFile.IsExisting(resource.Node)), storage =>
        {
            Assert.Equal("TLS1_2", storage.Node.At("properties", "minimumTlsVersion")!.Literal);
            Assert.Equal("false", storage.Node.At("properties", "allowBlobPublicAccess")!.Literal);
        });
    }

    /// <summary>Spec azure-operations §1.3.</summary>
    [Fact]
    public void The_app_runs_on_flex_consumption_and_signs_in_to_its_deployments()
    {
        Assert.Equal("FC1", Resources.Single(resource => resource.Type == "Microsoft.Web/serverfarms").Node.At("sku", "name")!.Literal);
        var app = Resources.Single(resource => resource.Type == "Microsoft.Web/sites").Node;
        var config = app.At("properties", "functionAppConfig")!;
        Assert.Equal(("dotnet-isolated", "10.0"), (config.At("runtime", "name")!.Literal, config.At("runtime", "version")!.Literal));
        Assert.Equal("UserAssignedIdentity", config.At("deployment", "storage", "authentication", "type")!.Literal);
        Assert.Equal("perInstanceConcurrency", config.At("scaleAndConcurrency", "triggers", "http", "perInstanceConcurrency")!.Text);
        Assert.Equal("identityId", app.At("properties", "keyVaultReferenceIdentity")!.Text);
    }

    private static IReadOnlyList<string> Texts(BicepNode array) => [.. array.Children.Select(node => node.Literal).OfType<string>()];
}
