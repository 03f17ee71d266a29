using Kith.Core;
using Kith.Local;

if (args is ["--help" or "-h" or "-?"])
{
    Console.WriteLine(LocalOptions.Usage);
    return 0;
}

try
{
    if (args is ["mcp", .. var options])
        await StdioServer.RunAsync(options);
    else
        await LocalHost.ServeAsync(args);
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
