using Kith.Core;
using Kith.Core.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kith.Functions.Double;

/// <summary>
/// Stands in for the Functions host: the app's own registration and functions behind a real server, a queue and a durable backend in this process. Requests are
/// handed over as the worker hands them over (docs of functions-host: first route that fits in the order of names, endpoint and route values set).
/// </summary>
public sealed class FunctionsHost : IAsyncDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(5);

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stops;
    private readonly (string Name, TemplateMatcher Route)[] _routes;
    private readonly Task _pump;

    private FunctionsHost(WebApplication app, FunctionTable functions, QueueDouble queue, DurableDouble durable, CancellationTokenSource stops, TimeSpan? sweepEvery)
    {
        (_app, Functions, Queue, Durable, _stops) = (app, functions, queue, durable, stops);
        _routes = [.. functions.Of<HttpTriggerAttribute>().Select(function => (function.Name, new TemplateMatcher(TemplateParser.Parse(function.Trigger.Route!), [])))];
        app.Run(DispatchAsync);
        _pump = Task.WhenAll(PumpAsync(), sweepEvery is { } period ? SweepAsync(period) : Task.CompletedTask);
    }

    public FunctionTable Functions { get; }

    public QueueDouble Queue { get; }

    public DurableDouble Durable { get; }

    public IServiceProvider Services => _app.Services;

    public KithEngine Engine => _app.Services.GetRequiredService<KithEngine>();

    /// <summary>Without a path.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>How long a function may take; the host's own limit.</summary>
    public TimeSpan FunctionTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <param name="settings">Settings as the app reads them: <c>Auth:JwtSecret</c>; what is missing gets values that reach nothing.</param>
    /// <param name="replace">Registers what stands in for Azure's services: the document store, the index, the reasoner …</param>
    /// <param name="sweepEvery">Runs all timers that often; null leaves them to the test.</param>
    /// <param name="environment">As the host names it.</param>
    public static async Task<FunctionsHost> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        Action<IServiceCollection> replace,
        TimeSpan? sweepEvery = null,
        string environment = "Production")
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Cosmos:Endpoint"] = "https://cosmos.invalid", ["Queue"] = "UseDevelopmentStorage=true" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddKithFunctions(builder.Configuration);
        builder.Services.AddSingleton<QueueDouble>().AddSingleton<IWorkQueue>(provider => provider.GetRequiredService<QueueDouble>());
        replace(builder.Services);

        var app = builder.Build();
        var functions = new FunctionTable();
        var stops = new CancellationTokenSource();
        var durable = new DurableDouble(functions, app.Services, stops.Token);
        var host = new FunctionsHost(app, functions, app.Services.GetRequiredService<QueueDouble>(), durable, stops, sweepEvery);
        await app.StartAsync();
        return host;
    }

    public Task RunTimersAsync() => Task.WhenAll(Functions.Of<TimerTriggerAttribute>().Select(timer => RunTimerAsync(timer.Name)));

    public Task RunTimerAsync(string name) => Functions.InvokeAsync(name, Services, new TimerInfo(), _stops.Token);

    /// <summary>Waits until no hint is visible and no orchestration runs.</summary>
    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        for (var quiet = 0; quiet < 3; quiet = Queue.Count == 0 && Durable.IsIdle ? quiet + 1 : 0)
            await Task.Delay(PollEvery * 2, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stops.CancelAsync();
        await _pump;
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Durable.DisposeAsync();
        _stops.Dispose();
    }

    private async Task DispatchAsync(HttpContext context)
    {
        var values = new RouteValueDictionary();
        var (name, _) = _routes.First(function => function.Route.TryMatch(context.Request.Path, values));
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(), name));
        context.Request.RouteValues = values;
        using var timeout = new CancellationTokenSource(FunctionTimeout);
        var result = (IActionResult)(await Functions.InvokeAsync(name, Services, context.Request, timeout.Token))!;
        await result.ExecuteResultAsync(new ActionContext(context, new RouteData(), new ActionDescriptor()));
    }

    private async Task PumpAsync()
    {
        while (!_stops.IsCancellationRequested)
        {
            try
            {
                if (!await Queue.DeliverAsync(Functions, Services, Durable, _stops.Token))
                    await Task.Delay(PollEvery);
            }
            catch (Exception) when (_stops.IsCancellationRequested)
            {
                // A function that was under way when the host stopped.
            }
        }
    }

    private async Task SweepAsync(TimeSpan period)
    {
        while (!_stops.IsCancellationRequested)
        {
            try
            {
                await RunTimersAsync();
            }
            catch (KithException exception) when (exception.Code is ErrorCode.Unavailable)
            {
                // The host runs a timer that failed again when its time comes.
            }
            catch (Exception) when (_stops.IsCancellationRequested)
            {
                // A timer that was under way when the host stopped.
            }

            await Task.WhenAny(Task.Delay(period), Task.Delay(Timeout.Infinite, _stops.Token));
        }
    }
}
