using Kith.Http.Access;
using Kith.Http.Hosting;

namespace Kith.Local;

/// <summary>The server as a whole: what it offers, where it listens, who may reach it.</summary>
internal static class LocalHost
{
    /// <summary>Serves until it is told to stop.</summary>
    public static async Task ServeAsync(string[] args)
    {
        LocalOptions.DemandKnown(args);
        var builder = WebApplication.CreateBuilder(args);
        builder.Configuration.AddEnvironmentVariables("KITH_").AddCommandLine(args);
        var options = LocalOptions.From(builder.Configuration);
        var app = Build(builder, options);
        await app.StartAsync();
        Startup.Print(app, options);
        await app.WaitForShutdownAsync();
    }

    public static WebApplication Build(WebApplicationBuilder builder, LocalOptions options)
    {
        var auth = AuthOptions.From(builder.Configuration);
        if (!auth.UseAuth)
            options.DemandLoopback();
        builder.Quieten();
        builder.WebHost.UseUrls([.. options.Urls]).ConfigureKestrel(KestrelLimits.Apply);
        builder.Services.AddKith(builder.Configuration);
        builder.AddLocal(options);

        var app = builder.Build();
        if (!auth.UseAuth)
            app.UseMiddleware<LoopbackOnly>();
        app.UseKith();
        app.MapKith();
        return app;
    }
}
