using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Kith.Clients;

/// <summary>The host as its users run it: a process with a data folder of its own, on a free port of this machine.</summary>
internal sealed partial class KithProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("kith-clients-");
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KithProcess(string[] settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Kith.Local.dll"), "--port", "0", "--data", _data.FullName },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in settings)
            start.ArgumentList.Add(setting);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The host ended with {_process.ExitCode}: {Said}"));
    }

    public string Address { get; private set; } = "";

    private string Said
    {
        get
        {
            lock (_said)
                return _said.ToString();
        }
    }

    /// <summary>Returns when the host answers.</summary>
    public static async Task<KithProcess> StartAsync(params string[] settings)
    {
        var host = new KithProcess(settings);
        host._process.Start();
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        try
        {
            host.Address = await host._address.Task.WaitAsync(Patience);
            using var client = new HttpClient { BaseAddress = new Uri(host.Address), Timeout = Patience };
            (await client.GetAsync("/health")).EnsureSuccessStatusCode();
            return host;
        }
        catch
        {
            // Nobody else knows of the process yet.
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_said)
            _said.AppendLine(line);
        if (ListeningAddress().Match(line) is { Success: true } match)
            _address.TrySetResult(match.Value);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex ListeningAddress();
}
