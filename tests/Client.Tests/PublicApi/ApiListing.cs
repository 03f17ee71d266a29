using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Kith.Client.Tests.PublicApi;

/// <summary>The public surface of an assembly, a line for each type and member, without what records bring by themselves.</summary>
internal static class ApiListing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(double)] = "double", [typeof(string)] = "string", [typeof(object)] = "object",
    };

    private static readonly HashSet<string> OfRecords = ["Equals", "GetHashCode", "ToString", "PrintMembers", "Deconstruct", "<Clone>$", "op_Equality", "op_Inequality", "get_EqualityContract"];

    private static readonly NullabilityInfoContext Nullability = new();

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetExportedTypes()
        .OrderBy(type => type.FullName, StringComparer.Ordinal)
        .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Select(member => "    " + member).Prepend(Declaration(type)).Append(""));

    private static string Declaration(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.GetMethod("<Clone>$") is not null ? "record" : type.IsValueType ? "struct" : "class";
        var modifier = kind is not ("class" or "record") ? "" : type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        var above = new[] { type.BaseType }.Where(parent => parent is not null && parent != typeof(object) && parent != typeof(Enum)).Concat(type.GetInterfaces().Where(face => !face.Name.StartsWith("IEquatable", StringComparison.Ordinal) && face.IsPublic && !type.IsEnum && !(type.BaseType?.GetInterfaces().Contains(face) ?? false)));
        var bases = string.Join(", ", above.Select(parent => Name(parent!)));
        return $"{modifier}{kind} {type.Namespace}.{Name(type)}{(bases.Length == 0 ? "" : " : " + bases)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type);
        var isRecord = type.GetMethod("<Clone>$") is not null;
        var constructors = type.GetConstructors(Declared & ~BindingFlags.Static).Where(IsVisible)
            .Where(constructor => !(isRecord && constructor.GetParameters() is [var only] && only.ParameterType == type))
            .Select(constructor => $"{Access(constructor)}{type.Name.Split('`')[0]}({Parameters(constructor)})");
        var properties = type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsVisible) && property.Name != "EqualityContract").Select(Property);
        var methods = type.GetMethods(Declared).Where(method => IsVisible(method) && !IsAccessor(method) && !OfRecords.Contains(method.Name) && !method.IsDefined(typeof(CompilerGeneratedAttribute)))
            .Select(method => $"{Access(method)}{Virtual(method)}{Type(Nullability.Create(method.ReturnParameter))} {method.Name}{Generics(method)}({Parameters(method)})");
        var fields = type.GetFields(Declared).Where(field => field.IsPublic && !field.IsSpecialName)
            .Select(field => field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = {Value(field.GetRawConstantValue())}" : $"{Type(Nullability.Create(field))} {field.Name}");
        return constructors.Concat(properties).Concat(methods).Concat(fields);
    }

    private static string Property(PropertyInfo property)
    {
        var any = property.GetMethod ?? property.SetMethod!;
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ?? false;
        var set = property.SetMethod is { } setter && IsVisible(setter) ? isInit ? " init;" : " set;" : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(any)}{required}{Virtual(any)}{Type(Nullability.Create(property))} {property.Name} {{ get;{set} }}";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute)) ? "params " : "")}{Type(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Value(parameter.DefaultValue, parameter.ParameterType) : "")}"));

    private static string Value(object? value, Type? type = null) => value switch
    {
        null => type is { IsValueType: true } && Nullable.GetUnderlyingType(type) is null ? "default" : "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => type is { IsEnum: true } ? Enum.GetName(type, value) ?? "default" : Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Type(NullabilityInfo info)
    {
        var name = Nullable.GetUnderlyingType(info.Type) is { } inner
            ? Name(inner)
            : info.Type.IsGenericType ? $"{Simple(info.Type)}<{string.Join(", ", info.GenericTypeArguments.Select(Type))}>" : info.ElementType is { } element ? Type(element) + "[]" : Name(info.Type);
        return Nullable.GetUnderlyingType(info.Type) is not null || (info.ReadState == NullabilityState.Nullable && !info.Type.IsValueType) ? name + "?" : name;
    }

    private static string Name(Type type) =>
        Keywords.TryGetValue(type, out var keyword) ? keyword
        : type.IsGenericType ? $"{Simple(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.IsArray ? Name(type.GetElementType()!) + "[]" : type.Name;

    private static string Simple(Type type) => type.Name.Split('`')[0];

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Access(MethodBase method) => (method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "") + (method.IsStatic && !method.IsConstructor ? "static " : "");

    private static string Virtual(MethodInfo method) =>
        method.IsAbstract ? "abstract " : method.GetBaseDefinition() != method ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal));
}
