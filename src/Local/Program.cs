using Kith.Http.Access;
using Kith.Http.Hosting;
using Kith.Local;

var builder = WebApplication.CreateBuilder(args);
builder.Configuration.AddEnvironmentVariables("KITH_").AddCommandLine(args);
var options = LocalOptions.From(builder.Configuration);
var auth = AuthOptions.From(builder.Configuration);
if (!auth.UseAuth && options.FirstForeignAddress is { } foreign)
    return Refuse($"Without authentication Kith listens on this machine only, not on {foreign}. Set KITH_Auth__UseAuth=true and KITH_Auth__JwtSecret to open it.");

builder.Quieten();
builder.WebHost.UseUrls([.. options.Urls]).ConfigureKestrel(KestrelLimits.Apply);
builder.Services.AddKith(builder.Configuration);
builder.AddLocal(options);

var app = builder.Build();
if (!auth.UseAuth)
    app.UseMiddleware<LoopbackOnly>();
app.UseKith();
app.MapKith();

try
{
    await app.StartAsync();
}
catch (IOException exception)
{
    return Refuse(exception.Message);
}

Startup.Print(app, options);
await app.WaitForShutdownAsync();
return 0;

static int Refuse(string reason)
{
    Console.Error.WriteLine(reason);
    return 1;
}

/// <summary>The entry point; public for the tests' host factory.</summary>
public sealed partial class Program;
