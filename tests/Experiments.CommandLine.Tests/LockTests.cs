using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Experiments.CommandLine.Tests;

/// <summary><c>plan --lock</c> and <c>plan --diff</c> of declarations that change between the two.</summary>
public sealed class LockTests : IDisposable
{
    private readonly CommandLineSession _session = new();

    public LockTests() => Directory.CreateDirectory(_session.Root);

    private string File => Path.Combine(_session.Root, IdentityLock.FileName);

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_lock_has_a_line_for_every_property_and_is_always_the_same_text()
    {
        var written = await RunAsync(new Shape(), "--lock");
        Assert.Equal(ExitCode.Success, written.Code);
        Assert.EndsWith($"wrote 1 experiment and 1 sweep to `RESULTS/{IdentityLock.FileName}`\n", written.Error);
        var text = await System.IO.File.ReadAllTextAsync(File);
        Assert.Contains("        \"lr\": { \"type\": \"double\", \"default\": 0.1 },\n        \"name\": { \"type\": \"string\", \"required\": true },\n        \"seed\": { \"type\": \"int\", \"default\": 0 }\n", text);
        Assert.Contains("\"first\": \"net/lr0.1_s0\"", text);
        Assert.Contains("\"runs\": 2", text);

        await RunAsync(new Shape(), "--lock");
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File));
        Assert.Equal(text, LockFile.Write(LockFile.Parse(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(text, LockFile.Write(LockFile.Parse(Encoding.UTF8.GetBytes("\uFEFF" + text))));
    }

    [Fact]
    public async Task What_is_as_locked_is_no_difference()
    {
        await RunAsync(new Shape(), "--lock");
        Assert.Equal(new Output(ExitCode.Success, "every run is what it was\n", ""), await RunAsync(new Shape(), "--diff"));
    }

    [Fact]
    public async Task A_changed_id_shows_the_template_and_an_id_before_and_after()
    {
        await RunAsync(new Shape(), "--lock");
        Assert.Equal(new Output(ExitCode.RunFailed, """
            ~ net
                - id net/lr{lr}_s{seed}
                + id net/lr{lr}_seed{seed}
            ~ Seeds: 2 runs, ids change
                - net/lr0.1_s0
                + net/lr0.1_seed0
                - net/lr0.1_s1
                + net/lr0.1_seed1

            """, "`plan --lock` accepts this; `[FormerName]` keeps the identity across a rename\n"), await RunAsync(new Shape { SeedWord = "seed" }, "--diff"));
    }

    [Fact]
    public async Task A_changed_default_shows_both_and_what_it_does_to_sweeps()
    {
        await RunAsync(new Shape(), "--lock");
        Assert.Equal("""
            ~ net
                - lr: double = 0.1
                + lr: double = 0.2
            ~ Seeds: 2 runs, ids change
                - net/lr0.1_s0
                + net/lr0.2_s0
                - net/lr0.1_s1
                + net/lr0.2_s1

            """, (await RunAsync(new Shape { Rate = "0.2" }, "--diff")).Out);
    }

    [Fact]
    public async Task A_property_that_looks_renamed_is_said_to_be()
    {
        await RunAsync(new Shape(), "--lock");
        Assert.Contains("    + learning_rate: double = 0.1   (renamed? `[FormerName(\"lr\")]` keeps the identity)\n    - lr: double = 0.1\n", (await RunAsync(new Shape { RateName = "learning_rate" }, "--diff")).Out);
    }

    [Fact]
    public async Task A_longer_sweep_says_how_many_runs_it_had()
    {
        await RunAsync(new Shape(), "--lock");
        Assert.Equal("~ Seeds: 2 → 3 runs, ids change\n    - net/lr0.1_s1\n    + net/lr0.1_s2\n", (await RunAsync(new Shape { Seeds = 3 }, "--diff")).Out);
    }

    [Fact]
    public async Task Json_says_the_same()
    {
        await RunAsync(new Shape(), "--lock");
        var output = await RunAsync(new Shape { RateName = "learning_rate" }, "--diff", "--json");
        Assert.Equal(ExitCode.RunFailed, output.Code);
        using var json = JsonDocument.Parse(output.Out);
        Assert.True(json.RootElement.GetProperty("changed").GetBoolean());
        var properties = json.RootElement.GetProperty("experiments")[0].GetProperty("properties");
        Assert.Equal(["learning_rate added lr", "lr removed "], properties.EnumerateArray()
            .Select(p => $"{p.GetProperty("name")} {p.GetProperty("change")} {(p.TryGetProperty("former_name", out var former) ? former : default)}"));
        Assert.Equal(0, json.RootElement.GetProperty("registry").GetProperty("lost").GetInt32());
    }

    [Fact]
    public async Task A_target_narrows_what_is_compared()
    {
        await RunAsync(new Shape(), "--lock");
        Assert.StartsWith("~ net\n", (await RunAsync(new Shape { Rate = "0.2" }, "net", "--diff")).Out);
        var unknown = await RunAsync(new Shape(), "nett", "--diff");
        Assert.Equal(ExitCode.NotFound, unknown.Code);
        Assert.Contains("did you mean `net`?", unknown.Error);
    }

    [Fact]
    public async Task Without_a_lock_there_is_nothing_to_compare()
    {
        var output = await RunAsync(new Shape(), "--diff");
        Assert.Equal(ExitCode.NotFound, output.Code);
        Assert.StartsWith("error EXP8311: expected a lock at `RESULTS/experiments.lock.json`, got nothing", output.Error);
    }

    [Fact]
    public async Task A_lock_that_was_named_must_be_there_and_without_any_the_known_runs_are_compared()
    {
        await _session.RunAsync("submit", "digits");

        Assert.StartsWith("error EXP8311: ", (await _session.RunAsync("plan", "--diff", "--lock-file", "nope.json")).Error);
        Assert.StartsWith("every known run is what it was; there is no lock at `", (await _session.RunAsync("plan", "--diff")).Out);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":1,\"experiments\":{\"net\":{}},\"sweeps\":{}}")]
    [InlineData("<<<<<<< HEAD\n{\"format\":1}")]
    public async Task A_file_that_is_no_lock_is_refused(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text);
        var output = await RunAsync(new Shape(), "--diff");
        Assert.Equal(ExitCode.Usage, output.Code);
        Assert.StartsWith("error EXP8310: expected `RESULTS/experiments.lock.json` to be a lock, got ", output.Error);
        Assert.Equal(text, await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task A_lock_holds_the_whole_program()
    {
        var output = await RunAsync(new Shape(), "Seeds", "--lock");
        Assert.Equal(ExitCode.Usage, output.Code);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_script_has_a_lock_of_its_own()
    {
        var script = Path.Combine(_session.Root, "net.csx");
        var catalogue = new Catalogue([new NetExperiment(new Shape())], [new NetSweep(new Shape())]);
        Assert.Equal(ExitCode.Success, (await _session.RunWithAsync(catalogue, ["plan", script, "--lock"])).Code);
        Assert.True(System.IO.File.Exists(Path.Combine(_session.Root, "net.lock.json")));
        Assert.Equal(ExitCode.Success, (await _session.RunWithAsync(catalogue, ["plan", script, "--diff"])).Code);
    }

    [Fact]
    public async Task The_lock_is_beside_the_nearest_project_above_the_program()
    {
        var bin = Directory.CreateDirectory(Path.Combine(_session.Root, "project", "bin", "Debug"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(_session.Root, "project", "net.csproj"), "");
        var here = Directory.CreateDirectory(Path.Combine(_session.Root, "here")).FullName;
        Assert.Equal(Path.Combine(_session.Root, "project", IdentityLock.FileName), LockLocation.Find(here, bin.FullName));
        await System.IO.File.WriteAllTextAsync(Path.Combine(here, IdentityLock.FileName), "");
        Assert.Equal(Path.Combine(here, IdentityLock.FileName), LockLocation.Find(here, bin.FullName));
    }

    private Task<Output> RunAsync(Shape shape, params string[] args) => _session.RunWithAsync(new Catalogue([new NetExperiment(shape)], [new NetSweep(shape)]), ["plan", .. args, "--lock-file", File]);

    /// <summary>A declaration as it is at one time.</summary>
    internal sealed record Shape
    {
        public string RateName { get; init; } = "lr";

        public string Rate { get; init; } = "0.1";

        public string SeedWord { get; init; } = "s";

        public int Seeds { get; init; } = 2;
    }

    private sealed class NetExperiment(Shape shape) : ExperimentType
    {
        public override ExperimentDefinition Definition { get; } = new() { Name = "net", IdTemplate = "", Launch = new Launch { Kind = LaunchKind.Method } };

        public override string TypeName => "Net";

        public override string Help => "";

        public override ExperimentIdentity Identity => new($"net/lr{{{shape.RateName}}}_{shape.SeedWord}{{seed}}",
            [new IdentityProperty("seed", "int"), new IdentityProperty(shape.RateName, "double"), new IdentityProperty("name", "string", IsRequired: true)],
            Config(0));

        public byte[] Config(int seed) => Encoding.UTF8.GetBytes($"{{\"{shape.RateName}\":{shape.Rate},\"name\":null,\"seed\":{seed}}}");

        public override PlannedRun Plan(IReadOnlyList<string> overrides) => Plan(Config(0));

        public override PlannedRun Plan(ReadOnlyMemory<byte> config) => throw new NotSupportedException("nothing is known in these tests");

        public override Task<IEnumerable<KeyValuePair<string, double>>> ExecuteAsync(RunContext run) => throw new NotSupportedException("nothing is executed");
    }

    private sealed class NetSweep(Shape shape) : SweepType
    {
        private readonly NetExperiment _net = new(shape);

        public override string Name => "Seeds";

        public override string Summary => "";

        public override ExperimentType Experiment => _net;

        public override ImmutableArray<AxisInfo> Axes => [];

        public override long? PointCount => shape.Seeds;

        public override IEnumerable<PlannedRun> Expand(IReadOnlyList<string> overrides) => Enumerable.Range(0, shape.Seeds).Select(seed => new PlannedRun
        {
            Id = $"net/lr{shape.Rate}_{shape.SeedWord}{seed}",
            Experiment = _net.Definition,
            Config = _net.Config(seed),
            Hash = ContentHash.Compute(_net.Config(seed)),
        });
    }
}
