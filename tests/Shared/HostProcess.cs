using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Kith.Testing;

/// <summary>The local host as its users run it: a process of its own, on a free port of this machine, so that it can be stopped and killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const string Announcement = "listens on ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly LogSearch _log = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(DataFolder data, string[] settings)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Kith.Local.dll"), "--port", "0", "--data", data.Path },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in settings)
            start.ArgumentList.Add(setting);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => HearError(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address => _address.Task.Result;

    /// <summary>What the process holds of the machine's memory now, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    private string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    /// <summary>Returns when the host listens.</summary>
    public static async Task<HostProcess> StartAsync(DataFolder data, params string[] settings)
    {
        var host = new HostProcess(data, settings);
        var exit = host._process.WaitForExitAsync();
        if (await Task.WhenAny(host._address.Task, exit).WaitAsync(Patience) == exit)
            throw new InvalidOperationException($"The host ended with {host._process.ExitCode}: {host.Errors}");
        return host;
    }

    /// <summary>Exit code and what was said on the error stream of a host that is expected not to start.</summary>
    public static async Task<(int Code, string Errors)> FailAsync(DataFolder data)
    {
        await using var host = new HostProcess(data, []);
        await host._process.WaitForExitAsync().WaitAsync(Patience);
        return (host._process.ExitCode, host.Errors);
    }

    /// <summary>Nothing is flushed, nobody is told.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks for a clean stop and returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (Signal(_process.Id, SigTerm) != 0)
            throw new InvalidOperationException("The host could not be asked to stop.");
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        _log.Demand();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);

    private void Hear(string? line)
    {
        _log.Add(line ?? "");
        if (line?.Split(Announcement) is [_, var address])
            _address.TrySetResult(new Uri(address));
    }

    private void HearError(string? line)
    {
        _log.Add(line ?? "");
        lock (_errors)
            _errors.AppendLine(line);
    }
}
