using Kith.Core;
using Kith.Http.Access;
using Kith.Http.Hosting;
using Kith.Local;

if (args is ["--help" or "-h" or "-?"])
{
    Console.WriteLine(LocalOptions.Usage);
    return 0;
}

try
{
    LocalOptions.DemandKnown(args);
    var builder = WebApplication.CreateBuilder(args);
    builder.Configuration.AddEnvironmentVariables("KITH_").AddCommandLine(args);
    var options = LocalOptions.From(builder.Configuration);
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

    await app.StartAsync();
    Startup.Print(app, options);
    await app.WaitForShutdownAsync();
    return 0;
}
catch (Exception exception) when (exception is KithException or IOException)
{
    // A port or a folder in use, a missing library: one line says what to do.
    Console.Error.WriteLine(exception.Message);
    return 1;
}

/// <summary>The entry point; public for the tests' host factory.</summary>
public sealed partial class Program;
