using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kith.Testing;

/// <summary>Takes everything that a host logs, Kith's own lines at every level.</summary>
internal sealed class LogSink(LogSearch search) : ILoggerProvider, ILogger
{
    public static void Add(IServiceCollection services, LogSearch search)
    {
        services.AddSingleton<ILoggerProvider>(new LogSink(search));
        services.Configure<LoggerFilterOptions>(options =>
        {
            options.Rules.Add(new LoggerFilterRule(typeof(LogSink).FullName, null, LogLevel.Warning, null));
            options.Rules.Add(new LoggerFilterRule(typeof(LogSink).FullName, "Kith", LogLevel.Trace, null));
        });
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        search.Add($"{formatter(state, exception)} {exception}");
}
