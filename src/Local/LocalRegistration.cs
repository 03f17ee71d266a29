namespace Kith.Local;

/// <summary>What one machine offers instead of Azure: storage, recall and reasoning in this process.</summary>
internal static class LocalRegistration
{
    public static WebApplicationBuilder AddLocal(this WebApplicationBuilder builder, LocalOptions options)
    {
        builder.Services.AddSingleton(options);
        return builder;
    }

    /// <summary>Warnings and errors only: what a user needs to know at start is printed in plain lines.</summary>
    public static WebApplicationBuilder Quieten(this WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // An address in use is said in one line by Program, not in two stack traces.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return builder;
    }
}
