using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Experiments.Registry;
using Experiments.Runtime.Publishing;
using Experiments.Runtime.Secrets;
using Experiments.Runtime.Telemetry;

namespace Experiments.Runtime.Provenance;

/// <summary>Writes <c>run.json</c>: where a run's results come from.</summary>
internal sealed partial class ProvenanceWriter
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    private readonly ResultsRoot _root;
    private readonly WorkerRecord _worker;
    private readonly IReadOnlyList<Gpu> _gpus;
    private readonly WorkingCopies _workingCopies;
    private readonly KeyValuePair<string, string>[] _environment = SelectedEnvironment();

    /// <summary>Creates a writer for the attempts of a worker.</summary>
    public ProvenanceWriter(ResultsRoot root, WorkerRecord worker, IReadOnlyList<Gpu> gpus)
    {
        _root = root;
        _workingCopies = new WorkingCopies(root);
        _worker = worker;
        _gpus = gpus;
    }

    /// <summary>Writes the provenance of a run's latest attempt.</summary>
    /// <param name="run">The claim.</param>
    /// <param name="command">The command line.</param>
    /// <param name="devices">The GPUs the attempt may see; <see langword="null"/>: not managed.</param>
    /// <param name="started">When the attempt began, UTC.</param>
    /// <param name="secrets">What must not be written.</param>
    public async Task WriteAsync(ClaimedRun run, IReadOnlyList<string> command, string? devices, DateTimeOffset started, AttemptSecrets secrets)
    {
        var copy = await _workingCopies.StateAsync(CodeDirectory(run.Experiment.Launch)).ConfigureAwait(false);
        using var buffer = new MemoryStream(2048);
        using (var json = new Utf8JsonWriter(buffer, Indented))
            Write(json, run, command, devices, started, secrets, copy);
        WholeFile.Write(_root.Run(run.RunId).Provenance, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Adds what an attempt used.</summary>
    /// <exception cref="IOException">The file can't be read or written.</exception>
    public void Add(ClaimedRun run, SystemSummary used)
    {
        var path = _root.Run(run.RunId).Provenance;
        try
        {
            // A newer attempt may have written its own meanwhile.
            if (JsonNode.Parse(File.ReadAllBytes(path)) is not JsonObject json || json["attempt"]?.GetValue<int>() != run.Attempt)
                return;
            json["system"] = used.ToJson();
            using var buffer = new MemoryStream(2048);
            using (var writer = new Utf8JsonWriter(buffer, Indented))
                json.WriteTo(writer);
            WholeFile.Write(path, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new IOException($"`{path}` is not what was written there: {e.Message}", e);
        }
    }

    /// <summary>Where the code of an attempt is: a C# trainer's is with its program, whatever directory that is run from.</summary>
    private static string CodeDirectory(Launch launch) =>
        launch.Kind == LaunchKind.Method ? Path.GetDirectoryName(launch.Program[^2])! : launch.WorkingDirectory!;

    private void Write(Utf8JsonWriter json, ClaimedRun run, IReadOnlyList<string> command, string? devices, DateTimeOffset started, AttemptSecrets secrets, WorkingCopy? copy)
    {
        json.WriteStartObject();
        json.WriteString("run_id", run.RunId);
        json.WriteString("experiment", run.Experiment.Name);
        json.WriteNumber("attempt", run.Attempt);
        json.WriteString("started", started);
        json.WriteString("config_hash", ContentHash.Compute(run.Config.Span).ToString());
        WriteStrings(json, "command", command.Select(secrets.Redact));
        json.WriteString("working_directory", run.Experiment.Launch.WorkingDirectory);
        json.WriteStartObject("inputs");
        foreach (var (name, input) in run.Inputs)
            json.WriteString(name, input);
        json.WriteEndObject();
        WriteGit(json, copy);
        json.WriteString("worker", _worker.Id);
        json.WriteString("host", _worker.Host);
        json.WriteString("os", RuntimeInformation.OSDescription);
        json.WriteString("architecture", RuntimeInformation.OSArchitecture.ToString());
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumber("memory_bytes", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        WriteStrings(json, "gpus", _gpus.Select(g => $"{g.Index}: {g.Name}"));
        if (devices is not null)
            json.WriteString("visible_devices", devices);
        json.WriteString("experiments_version", Version(typeof(ProvenanceWriter).Assembly));
        json.WriteString("program", Assembly.GetEntryAssembly()?.GetName().Name);
        json.WriteString("program_version", Assembly.GetEntryAssembly() is { } program ? Version(program) : null);
        json.WriteString("dotnet", RuntimeInformation.FrameworkDescription);
        json.WriteStartObject("environment");
        foreach (var (name, value) in _environment.Where(v => !secrets.Hold(v.Key, v.Value)))
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteGit(Utf8JsonWriter json, WorkingCopy? copy)
    {
        if (copy is null)
        {
            json.WriteNull("git");
            return;
        }

        json.WriteStartObject("git");
        json.WriteString("commit", copy.Commit);
        json.WriteString("branch", copy.Branch);
        json.WriteBoolean("dirty", copy.IsDirty);
        if (copy.DiffFile is not null)
            json.WriteString("diff", copy.DiffFile);
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string? Version(Assembly assembly) => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    /// <summary>Variables that can change results, and nothing that may be a secret.</summary>
    private static KeyValuePair<string, string>[] SelectedEnvironment() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(v => KeyValuePair.Create((string)v.Key, Credentials().Replace((string?)v.Value ?? "", "://***@")))
            .Where(v => Telling().IsMatch(v.Key) && !Secret().IsMatch(v.Key))
            .OrderBy(v => v.Key, StringComparer.Ordinal)];

    [GeneratedRegex("^(CUDA|CUDNN|CUBLAS|NCCL|HIP|ROCR|OMP|MKL|OPENBLAS|TORCH|PYTORCH|PYTHON|TF|XLA|JAX|HF_(HOME|ENDPOINT|HUB_(CACHE|OFFLINE|ENABLE_HF_TRANSFER)|DATASETS_(CACHE|OFFLINE))$|TRANSFORMERS|SLURM|CONDA_DEFAULT_ENV|VIRTUAL_ENV|PATH$|LD_LIBRARY_PATH$|LANG$|LC_|TZ$|EXP_|DOTNET_)")]
    private static partial Regex Telling();

    [GeneratedRegex("TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL|_KEY|APIKEY|AUTH|JWT|COOKIE|_PAT$|PASSPHRASE|PWD|BEARER|WEBHOOK|SIGNATURE", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    // Proxies and indexes carry passwords in their addresses.
    [GeneratedRegex(@"://[^/@\s]+@")]
    private static partial Regex Credentials();
}
