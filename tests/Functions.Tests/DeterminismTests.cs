using System.Reflection;
using System.Text.RegularExpressions;
using Kith.Functions.Double;
using Kith.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Kith.Functions.Tests;

/// <summary>Orchestrators are replayed: they use nothing but their context. The double checks it turn by turn, this checks what they are written with.</summary>
public sealed partial class DeterminismTests
{
    [Fact]
    public void Orchestrators_use_no_clock_chance_or_io()
    {
        var files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "functions", "Orchestrations"), "*.cs");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(Forbidden(), File.ReadAllText(file)));
    }

    [Fact]
    public void Orchestrators_are_static_and_take_their_context_only()
    {
        var orchestrators = typeof(WorkLoop).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Where(method => method.GetParameters().Any(parameter => parameter.GetCustomAttribute<OrchestrationTriggerAttribute>() is not null)).ToArray();
        Assert.Equal(new FunctionTable().Of<OrchestrationTriggerAttribute>().Count, orchestrators.Length);
        Assert.All(orchestrators, method =>
        {
            Assert.True(method.IsStatic);
            Assert.Equal(typeof(TaskOrchestrationContext), Assert.Single(method.GetParameters()).ParameterType);
        });
    }

    [GeneratedRegex(@"DateTime|TimeProvider|Stopwatch|Guid|Random|Environment|Task\.(Run|Delay|Yield)|ConfigureAwait|HttpClient|File\.|KithEngine|ILogger|static (?!readonly|class|partial)[^(=;]*(?:=(?!>)|;)")]
    private static partial Regex Forbidden();
}
