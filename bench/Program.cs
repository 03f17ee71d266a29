using System.Globalization;
using Kith.Bench;
using Kith.Bench.Erasing;
using Kith.Bench.Fuzz;
using Kith.Bench.Hooks;
using Kith.Bench.Kills;
using Kith.Bench.Locomo;

if (args is ["model-double", ..])
{
    await ModelDouble.RunAsync(int.Parse(Option("--port") ?? "0", CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["fuzz", ..])
{
    await using var target = Option("--url") is { } address ? BenchHost.At(new Uri(address)) : await BenchHost.StartAsync();
    return await new FuzzBench(target, Console.Out).RunAsync(Number("--requests", 20_000), Number("--seed", Random.Shared.Next(1_000_000))) == 0 ? 0 : 1;
}

if (args is ["hooks", ..])
{
    await using var target = Option("--url") is { } address ? BenchHost.At(new Uri(address)) : await BenchHost.StartAsync();
    return await new HookBench(target.Client, Console.Out, Number("--rate", 200), Number("--seconds", 60), Number("--channels", 50)).RunAsync() ? 0 : 1;
}

if (args is ["kills", ..])
    return await new KillBench(Console.Out, Number("--kills", 200), Number("--seed", Random.Shared.Next()), TimeSpan.FromMinutes(Number("--minutes", 60))).RunAsync() ? 0 : 1;

if (args is ["erase", ..])
{
    await new EraseBench(Console.Out, Number("--messages", 1_000_000)).RunAsync(CancellationToken.None);
    return 0;
}

if (args is not ["locomo", ..])
{
    Console.Error.WriteLine("usage: dotnet run --project bench -- fuzz [--requests NUMBER] [--seed NUMBER] [--url ADDRESS] | hooks [--rate NUMBER] [--seconds NUMBER] [--channels NUMBER] [--url ADDRESS] | locomo [--url ADDRESS] [--data FOLDER] | model-double [--port NUMBER] | kills [--kills NUMBER] [--seed NUMBER] [--minutes NUMBER] | erase [--messages NUMBER]");
    return 2;
}

var data = Option("--data") ?? "../shared/data/locomo";
if (!Directory.Exists(data))
{
    Console.WriteLine($"Skipped: the LoCoMo conversations are not at {data}. They are licensed for evaluation only (CC BY-NC 4.0) and not part of this repository.");
    return 0;
}

await using var host = Option("--url") is { } url ? BenchHost.At(new Uri(url)) : await BenchHost.StartAsync();
await new LocomoBench(new KithApi(host.Client), Console.Out).RunAsync(data, CancellationToken.None);
return 0;

int Number(string name, int otherwise) => int.TryParse(Option(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

string? Option(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
