using System.Xml.Linq;

namespace Kith.Client.Tests.PublicApi;

/// <summary>The compiler asks for a text on every public member; what is worth reading in it, these ask for.</summary>
public sealed class DocumentationTests
{
    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(KithClient).Assembly.Location, ".xml"));

    public static TheoryData<string> Clients => [.. typeof(KithClient).Assembly.GetExportedTypes().Where(IsClient).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Clients))]
    public void Every_client_has_an_example(string type) => Assert.NotNull(Member($"T:{type}").Element("example"));

    /// <summary>What takes an object, or several things, is not told by its signature alone.</summary>
    [Theory]
    [MemberData(nameof(Clients))]
    public void Every_call_with_more_than_an_id_has_an_example(string type)
    {
        var silent = Documentation.Descendants("member")
            .Where(member => ((string)member.Attribute("name")!).StartsWith($"M:{type}.", StringComparison.Ordinal) && ((string)member.Attribute("name")!).Contains("Async", StringComparison.Ordinal))
            .Where(member => IsPublic(type, member) && member.Element("example") is null)
            .Select(member => ((string)member.Attribute("name")!, Parameters: member.Elements("param").Select(parameter => (string)parameter.Attribute("name")!).Where(name => name is not ("cancellationToken" or "options" or "timeout")).ToList()))
            .Where(member => member.Parameters.Count > 1 || member.Parameters.Any(name => name is "metadata" or "configuration" or "definition" or "settings" or "timeouts" or "messages" or "members" or "documents" or "query"))
            .Select(member => member.Item1);
        Assert.Empty(silent);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public void Every_call_says_how_it_fails(string type)
    {
        var silent = Documentation.Descendants("member")
            .Where(member => ((string)member.Attribute("name")!).StartsWith($"M:{type}.", StringComparison.Ordinal) && ((string)member.Attribute("name")!).Contains("Async", StringComparison.Ordinal))
            .Where(member => IsPublic(type, member) && !IsList(type, member) && !member.Elements("exception").Any(exception => ((string)exception.Attribute("cref")!).Contains("Kith", StringComparison.Ordinal)))
            .Select(member => (string)member.Attribute("name")!);
        Assert.Empty(silent);
    }

    private static bool IsClient(Type type) => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !type.IsSubclassOf(typeof(Exception)) && type != typeof(KithException) && type.GetMethod("<Clone>$") is null;

    private static bool IsPublic(string type, XElement member) => Methods(type, member).Any();

    /// <summary>Lists fail when they are read, and <see cref="Paged{T}"/> says how.</summary>
    private static bool IsList(string type, XElement member) =>
        Methods(type, member).Any(method => method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(Paged<>));

    private static IEnumerable<System.Reflection.MethodInfo> Methods(string type, XElement member)
    {
        var name = ((string)member.Attribute("name")!)[$"M:{type}.".Length..].Split('(')[0].Split('`')[0];
        return typeof(KithClient).Assembly.GetType(type)!.GetMethods().Where(method => method.Name == name);
    }

    private static XElement Member(string name) => Documentation.Descendants("member").Single(member => (string)member.Attribute("name")! == name);
}
