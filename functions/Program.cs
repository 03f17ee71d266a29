using Kith.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Configuration.AddEnvironmentVariables("KITH_");
builder.Services.AddKithFunctions(builder.Configuration);
builder.Services.AddTelemetry(builder.Configuration);
builder.Build().Run();
