using System.Globalization;
using System.Text.Json;

namespace Experiments;

/// <summary>What a C# trainer sees of its attempt: where to write, how to report, when to stop. Safe to use from several threads.</summary>
public sealed class RunContext : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _events;
    private readonly Func<string, string?> _environment;

    private RunContext(Func<string, string?> environment, CancellationToken stopping)
    {
        _environment = environment;
        Stopping = stopping;
        RunId = Required(ProtocolVariables.RunId);
        Directory = Required(ProtocolVariables.RunDirectory);
        ConfigPath = Required(ProtocolVariables.Config);
        CheckpointDirectory = Required(ProtocolVariables.CheckpointDirectory);
        Attempt = int.Parse(Required(ProtocolVariables.Attempt), CultureInfo.InvariantCulture);
        ResumeFrom = environment(ProtocolVariables.Resume) is { Length: > 0 } path ? path : null;
        // Append with one write per line: a line is whole or absent after a kill, and readers may follow the file.
        _events = new FileStream(Required(ProtocolVariables.Events), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    /// <summary>The run id.</summary>
    public string RunId { get; }

    /// <summary>Number of this attempt, from 1.</summary>
    public int Attempt { get; }

    /// <summary>Absolute directory to write to; its contents appear in the run's home when the attempt succeeds.</summary>
    public string Directory { get; }

    /// <summary>Absolute path of the frozen configuration.</summary>
    public string ConfigPath { get; }

    /// <summary>Absolute directory for checkpoints, kept between attempts.</summary>
    public string CheckpointDirectory { get; }

    /// <summary>The latest checkpoint of an earlier attempt; <see langword="null"/> on a fresh start.</summary>
    public string? ResumeFrom { get; }

    /// <summary>Set when the attempt is asked to stop (SIGTERM): save a checkpoint and return or throw <see cref="OperationCanceledException"/> within the grace period.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Opens the attempt that the environment of this process describes.</summary>
    /// <param name="stopping">Set on SIGTERM.</param>
    /// <exception cref="ExperimentsException">EXP8001: this process was not started as an attempt.</exception>
    public static RunContext FromEnvironment(CancellationToken stopping) => new(Environment.GetEnvironmentVariable, stopping);

    /// <summary>Opens an attempt described by other variables, for tests of trainers.</summary>
    /// <param name="variables">The variables of <see cref="ProtocolVariables"/>.</param>
    /// <param name="stopping">Set when the attempt is asked to stop.</param>
    public static RunContext FromVariables(IReadOnlyDictionary<string, string> variables, CancellationToken stopping = default) =>
        new(name => variables.GetValueOrDefault(name), stopping);

    /// <summary>Absolute path for a file of this attempt.</summary>
    /// <param name="file">Path relative to <see cref="Directory"/>.</param>
    public string PathOf(string file) => Path.Combine(Directory, file);

    /// <summary>Absolute path of a checkpoint file. Write beside it and rename, so that a kill leaves the older one whole.</summary>
    /// <param name="file">Path relative to <see cref="CheckpointDirectory"/>.</param>
    public string CheckpointPath(string file) => Path.Combine(CheckpointDirectory, file);

    /// <summary>Directory of an input's run.</summary>
    /// <param name="name">The input's name outside C#, such as <c>teacher</c>.</param>
    /// <exception cref="ExperimentsException">EXP8001: the run has no such input.</exception>
    public string InputDirectory(string name) => Required(ProtocolVariables.Input(name));

    /// <summary>Reports one metric.</summary>
    /// <param name="metric">Name outside C#, such as <c>val_acc</c>.</param>
    /// <param name="value">The value; NaN and infinities are kept and shown as such.</param>
    /// <param name="step">Epoch or step, if it is one of a series.</param>
    public void Report(string metric, double value, long? step = null) => Report(step, (metric, value));

    /// <summary>Reports several metrics of one step at once.</summary>
    /// <param name="step">Epoch or step, or <see langword="null"/>.</param>
    /// <param name="metrics">Names outside C# and values.</param>
    public void Report(long? step, params ReadOnlySpan<(string Name, double Value)> metrics)
    {
        using var line = new EventLine();
        line.Json.WriteStartObject("metrics"u8);
        foreach (var (name, value) in metrics)
        {
            if (double.IsFinite(value))
                line.Json.WriteNumber(name, value);
            else
                line.Json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }

        line.Json.WriteEndObject();
        if (step is { } number)
            line.Json.WriteNumber("step"u8, number);
        Append(line);
    }

    /// <summary>Reports how far the attempt is.</summary>
    /// <param name="fraction">0 to 1.</param>
    public void Progress(double fraction)
    {
        using var line = new EventLine();
        line.Json.WriteNumber("progress"u8, Math.Clamp(fraction, 0, 1));
        Append(line);
    }

    /// <summary>Records something that happened.</summary>
    /// <param name="name">What, such as <c>epoch_complete</c>.</param>
    /// <param name="data">Details, in order.</param>
    public void Event(string name, params ReadOnlySpan<(string Name, string Value)> data)
    {
        using var line = new EventLine();
        line.Json.WriteString("event"u8, name);
        line.Json.WriteStartObject("data"u8);
        foreach (var (key, value) in data)
            line.Json.WriteString(key, value);
        line.Json.WriteEndObject();
        Append(line);
    }

    /// <summary>Records a file of this attempt as an artifact.</summary>
    /// <param name="name">The artifact's name.</param>
    /// <param name="file">Path relative to <see cref="Directory"/>.</param>
    public void Artifact(string name, string file)
    {
        using var line = new EventLine();
        line.Json.WriteString("artifact"u8, name);
        line.Json.WriteString("path"u8, file);
        Append(line);
    }

    /// <summary>Closes the events file.</summary>
    public void Dispose() => _events.Dispose();

    private void Append(EventLine line)
    {
        var bytes = line.Finish();
        lock (_lock)
            _events.Write(bytes);
    }

    private string Required(string variable) => _environment(variable) is { Length: > 0 } value
        ? value
        : throw new ExperimentsException("EXP8001", $"expected environment variable `{variable}` to be set, got nothing",
            "attempts are started by a worker: use `run`, or `RunContext.FromVariables` in a test");

    /// <summary>One JSON line, begun with its time.</summary>
    private sealed class EventLine : IDisposable
    {
        private readonly MemoryStream _buffer = new(256);

        public EventLine()
        {
            Json = new Utf8JsonWriter(_buffer);
            Json.WriteStartObject();
            Json.WriteNumber("time"u8, Math.Round(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0, 3));
        }

        public Utf8JsonWriter Json { get; }

        public ReadOnlySpan<byte> Finish()
        {
            Json.WriteEndObject();
            Json.Flush();
            _buffer.WriteByte((byte)'\n');
            return _buffer.GetBuffer().AsSpan(0, (int)_buffer.Length);
        }

        public void Dispose() => Json.Dispose();
    }
}
