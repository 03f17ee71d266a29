using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Functions.Double;

/// <summary>The app's functions, found as the host finds them: by their attributes.</summary>
public sealed class FunctionTable
{
    private readonly Dictionary<string, MethodInfo> _methods = typeof(FunctionsRegistration).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of functions with their trigger, in the host's order.</summary>
    public IReadOnlyList<(string Name, T Trigger)> Of<T>()
        where T : Attribute =>
        [.. _methods
            .OrderBy(function => function.Key, StringComparer.OrdinalIgnoreCase)
            .Select(function => (function.Key, Trigger: function.Value.GetParameters().Select(parameter => parameter.GetCustomAttribute<T>()).FirstOrDefault(trigger => trigger is not null)))
            .Where(function => function.Trigger is not null)
            .Select(function => (function.Key, function.Trigger!))];

    public bool Has(string name) => _methods.ContainsKey(name);

    /// <summary>Runs a function with a scope of its own; parameters are filled by their type.</summary>
    public async Task<object?> InvokeAsync(string name, IServiceProvider services, params object[] arguments)
    {
        var method = _methods[name];
        await using var scope = services.CreateAsyncScope();
        var target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope.ServiceProvider, method.DeclaringType!);
        var values = method.GetParameters().Select(parameter => arguments.First(parameter.ParameterType.IsInstanceOfType)).ToArray();
        var task = (Task)method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, values, null)!;
        await task;
        return method.ReturnType.IsGenericType ? ((dynamic)task).Result : null;
    }
}
