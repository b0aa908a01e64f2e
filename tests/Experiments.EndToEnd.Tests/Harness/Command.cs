using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Experiments.EndToEnd.Tests;

/// <summary>A real process, started as a person's shell would start it, in a session of its own so that signals can reach it as a terminal's do.</summary>
internal sealed partial class Command : IAsyncDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;

    // Far above what anything here takes: it only turns a hang into a failure.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    private Command(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>Standard output so far.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    public int Pid => _process.Id;

    public static Command Start(string directory, IReadOnlyDictionary<string, string> environment, string file, params string[] arguments)
    {
        // Tests may themselves be run with signals ignored, as behind nohup or `&`, which programs inherit and respect.
        var start = new ProcessStartInfo("setsid", ["env", "--default-signal=INT,TERM,HUP", file, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Build servers would inherit our pipes and keep them open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        // The test host's own settings must not leak into what people would run.
        foreach (var variable in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.Ordinal) || k.StartsWith("EXP_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(variable);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new Command(Process.Start(start)!);
    }

    /// <summary>Waits for the end.</summary>
    public async Task<CommandResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            SignalGroup(Kill);
            throw new TimeoutException($"expected `{Describe()}` to end within {Limit}; it printed:\n{Output}\n{_error}");
        }

        lock (_output)
        lock (_error)
            return new CommandResult(Describe(), _process.ExitCode, _output.ToString(), _error.ToString(), _clock.Elapsed);
    }

    /// <summary>Signals the process alone, as <c>kill</c> does.</summary>
    public void Signal(int signal) => _ = SendSignal(_process.Id, signal);

    /// <summary>Signals all processes of its group, as a terminal does on Ctrl-C.</summary>
    public void SignalGroup(int signal) => _ = SendSignal(-_process.Id, signal);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            SignalGroup(Kill);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.Append(line).Append('\n');
    }

    private string Describe() => string.Join(' ', _process.StartInfo.ArgumentList.Skip(2));

    /// <param name="pid">A process, or the negative of a group.</param>
    /// <param name="signal">Its number.</param>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int SendSignal(int pid, int signal);
}

/// <summary>How a command ended.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output, string Error, TimeSpan Elapsed)
{
    /// <summary>Fails the test with all that was printed unless the exit code is the expected one.</summary>
    public CommandResult Exits(int code)
    {
        Xunit.Assert.True(ExitCode == code, $"expected `{Command}` to exit with {code}, got {ExitCode}\n--- output\n{Output}\n--- error\n{Error}");
        return this;
    }
}
