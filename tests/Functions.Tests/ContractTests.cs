using System.Reflection;
using System.Runtime.Loader;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Tests;

/// <summary>
/// What the tests compile the app against is what the packages have: every public type and member of tests/Functions.Contract is there with the same signature.
/// Needs the packages, in the output of <c>dotnet build functions</c>, and is skipped without.
/// </summary>
public sealed class ContractTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_member_of_the_contract_is_in_the_packages()
    {
        if (Packages() is not { } folder)
        {
            Assert.Skip("functions/ has not been built with its packages: dotnet build functions");
            return;
        }

        var context = new AssemblyLoadContext("packages", isCollectible: true);
        context.Resolving += (_, name) => Path.Combine(folder, $"{name.Name}.dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        // Found by name there, not among those that this process has loaded already: the contract has the same names.
        Assembly[] packages = [.. Directory.EnumerateFiles(folder, "*.dll").Where(IsOfThePackages).Select(context.LoadFromAssemblyPath)];
        var contract = typeof(FunctionAttribute).Assembly.GetExportedTypes();
        var missing = new List<string>();
        foreach (var type in contract)
        {
            var real = packages.Select(package => package.GetType(type.FullName!)).OfType<Type>().FirstOrDefault(found => found.IsVisible);
            if (real is null)
                missing.Add($"type {type.FullName}");
            else
                missing.AddRange(Shape(type).Except(Shape(real).Concat(Inherited(real))).Select(member => $"{type.FullName}: {member}"));
        }

        Assert.NotEmpty(contract);
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        context.Unload();
    }

    private static string? Packages()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Kith.slnx")))
            root = root.Parent;
        var output = Path.Combine(root?.FullName ?? "", "functions", "bin");
        return Directory.Exists(output)
            ? Directory.EnumerateFiles(output, "Microsoft.Azure.Functions.Worker.dll", SearchOption.AllDirectories).Select(Path.GetDirectoryName).FirstOrDefault(folder => File.Exists(Path.Combine(folder!, "Microsoft.DurableTask.Abstractions.dll")))
            : null;
    }

    private static bool IsOfThePackages(string file)
    {
        var name = Path.GetFileName(file);
        return name.StartsWith("Microsoft.Azure.Functions.", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.DurableTask.", StringComparison.Ordinal)
            || name.StartsWith("OpenTelemetry", StringComparison.Ordinal)
            || name.StartsWith("Azure.Monitor.", StringComparison.Ordinal);
    }

    /// <summary>What a compiler sees of a type.</summary>
    private static IEnumerable<string> Shape(Type type)
    {
        var isStatic = type is { IsAbstract: true, IsSealed: true };
        yield return isStatic ? "static" : type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class";
        if (type is { IsAbstract: true, IsSealed: false, IsInterface: false })
            yield return "abstract";
        foreach (var member in type.GetMembers(Declared).Where(IsSeen))
            yield return Text(member);
    }

    /// <summary>What a type has from those above it, or as a base.</summary>
    private static IEnumerable<string> Inherited(Type type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
        {
            foreach (var member in above.GetMembers(Declared).Where(IsSeen).Where(member => member is not ConstructorInfo))
                yield return Text(member);
        }
    }

    private static bool IsSeen(MemberInfo member) => member switch
    {
        // What records bring along, and what may always be overridden, says nothing.
        MethodBase { Name: "PrintMembers" or "ToString" or "Equals" or "GetHashCode" or "<Clone>$" or "get_EqualityContract" or "Deconstruct" } => false,
        ConstructorInfo copy when copy.GetParameters() is [var original] && original.ParameterType == copy.DeclaringType => false,
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic && !field.IsSpecialName,
        _ => false,
    };

    private static string Text(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{(method.IsAbstract ? "abstract " : "")}{method.ReturnType} {method.Name}{(method.IsGenericMethod ? $"`{method.GetGenericArguments().Length}" : "")}({Parameters(method)})",
        FieldInfo field => $"{field.FieldType} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        _ => member.ToString()!,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{parameter.ParameterType} {parameter.Name}{(parameter.HasDefaultValue ? " = default" : "")}"));
}
