using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>A suite of energy measurements: cycles that take turns, retries, resuming, the flat result files. Needs the distribution's Python with numpy, which <c>tests/run</c> installs.</summary>
public sealed class LlmEfficiencySpecs : IDisposable
{
    // Where there are GPUs, this is still about the CPU.
    private readonly Workspace _workspace = new("experiments/LlmEfficiency") { Environment = { ["EXP_PYTHON"] = "/usr/bin/python3", ["CUDA_VISIBLE_DEVICES"] = "" } };

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task The_cycles_of_the_suite_take_turns()
    {
        var plan = (await _workspace.JsonAsync("plan", "Suite")).GetProperty("runs").EnumerateArray().Select(Id).ToList();

        Assert.Equal(30, plan.Count);
        Assert.Equal(
            ["tiny/float32_b8_greedy", "tiny/float32_b1_greedy", "tiny/float64_b8_greedy", "small/float32_b8_greedy", "small/float32_b1_greedy", "small/float64_b8_greedy"],
            plan.Take(6).Select(id => id.Replace("/cycle1", "", StringComparison.Ordinal)));
        Assert.All(plan.Skip(24), id => Assert.EndsWith("/cycle5", id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suite_that_is_killed_and_whose_runs_are_killed_ends_with_every_result()
    {
        var suite = _workspace.Start("run", "Suite", "--slots", "2");
        await using (suite)
        {
            await Workspace.UntilAsync("a completed run", () => Tables().Any(t => File.ReadLines(t).Count() > 2));
            suite.Signal(Command.Kill);
            await suite.EndAsync();
        }

        var resumed = _workspace.Start("run", "Suite", "--slots", "2");
        await using (resumed)
        {
            await Workspace.UntilAsync("a process of a run to kill", () => Trainers().Any(TryKill));
            (await resumed.EndAsync()).Exits(0);
        }

        var runs = (await _workspace.JsonAsync("list")).EnumerateArray().ToList();
        Assert.Equal(30, runs.Count);
        Assert.All(runs, r => Assert.Equal("completed", r.GetProperty("status").GetString()));
        Assert.Contains(runs, r => r.GetProperty("attempts").GetInt32() > 1);

        var metrics = runs.Select(r => r.GetProperty("metrics")).ToList();
        Assert.All(metrics, m => Assert.Equal(Number(m, "tokens") / Number(m, "energy"), Number(m, "tokens_per_joule"), 1e-9));
        Assert.All(metrics, m => Assert.Equal(Number(m, "flops") / Number(m, "energy"), Number(m, "flops_per_joule"), 1.0));
        Assert.All(metrics, m => Assert.Equal((384.0, 16.0), (Number(m, "tokens"), Number(m, "queries"))));
        var board = (await _workspace.JsonAsync("leaderboard", "Suite")).EnumerateArray().Select(r => Number(r.GetProperty("metrics"), "tokens_per_joule")).ToList();
        Assert.Equal(board.OrderDescending(), board);
        Assert.True(
            Median(runs, "tiny/float32_b8") > Median(runs, "small/float32_b8"),
            "expected the smaller model to generate more tokens for a joule");

        var table = File.ReadAllLines(Assert.Single(Tables()));
        Assert.Equal(31, table.Length);
        Assert.Equal(30, table.Skip(1).Select(l => l.Split(',')[0]).Distinct().Count());
        var raw = _workspace.PathOf("results", "raw_results", "tiny~float32_b8_greedy~cycle1");
        Assert.Equal(
            ["1_experiment_setup", "2_experiment_variables", "3_model_architecture", "4_inference_metrics", "5_compute_metrics", "6_local_energy_results_process_0", "7_global_energy_results", "8_text_output"],
            Directory.GetFiles(raw).Select(f => Path.GetFileNameWithoutExtension(f)["tiny~float32_b8_greedy~cycle1_".Length..]).Order(StringComparer.Ordinal));
        Assert.Contains("30 runs done already, skipped", (await _workspace.RunAsync("run", "Suite")).Exits(0).Output);
    }

    [Fact]
    public async Task On_a_GPU_the_suite_measures_a_card_for_each_run()
    {
        _workspace.Environment["EXP_SIMULATED_GPUS"] = "1x24";
        _workspace.Environment["CUDA_VISIBLE_DEVICES"] = "0";
        Assert.Equal(60, (await _workspace.JsonAsync("plan", "GpuSuite")).GetProperty("runs").GetArrayLength());

        // Where the card is simulated the trainer finds none, and computes in NumPy.
        (await _workspace.RunAsync("run", "GenerateOnGpu", "--model", "tiny", "--precision", "float32", "--input-prompts", "4", "--output-tokens", "4", "--batch-size", "2")).Exits(0);

        var run = Assert.Single((await _workspace.JsonAsync("list")).EnumerateArray().ToList());
        Assert.Equal(("gpu/tiny/float32_b2_greedy/cycle1", 16.0), (Id(run), Number(run.GetProperty("metrics"), "tokens")));
    }

    [Fact]
    public async Task On_two_GPUs_accelerate_starts_a_process_for_each()
    {
        var plan = (await _workspace.JsonAsync("plan", "TwoGpuSuite")).GetProperty("runs").EnumerateArray().ToList();

        Assert.Equal(10, plan.Count);
        Assert.Contains("-m accelerate.commands.launch --config_file", plan[0].GetProperty("command").GetString());
        Assert.Contains("--num_processes 2 --mixed_precision no --multi_gpu --rdzv_backend c10d --main_process_port 0", plan[0].GetProperty("command").GetString());
        Assert.Contains("-m llm.generate --batch-size 8", plan[0].GetProperty("command").GetString());
    }

    [TorchFact]
    public async Task The_model_for_a_GPU_says_what_the_one_for_the_CPU_says()
    {
        const string program = """
            import numpy as np, torch
            from llm.generate import PROMPT_TOKENS, answer, prompts
            from llm.numpy_model import Model as OnCpu
            from llm.shape import SHAPES
            from llm.torch_model import Model as OnGpu
            models = [OnCpu(SHAPES["small"], "float64"), OnGpu(SHAPES["small"], "float64", torch.device("cpu"))]
            read = np.stack(prompts(4), axis=1)
            def logits(model):
                cache = model.start(read.T)
                return np.stack([np.asarray(model.next(read[i], i, cache)) for i in range(PROMPT_TOKENS)])
            one, other = map(logits, models)
            print("logits", one.shape, np.unique(one).size > one.size / 2, abs(one - other).max() < 1e-10)
            for model in models:
                output, operations = answer(model, prompts(4), 12, "top_k", np.random.RandomState(1))
                print("answers", output.shape, len(np.unique(output)) > 12, operations)
            """;
        _workspace.Environment["PYTHONPATH"] = Repository.PathOf("experiments/LlmEfficiency");

        var said = (await _workspace.ExecuteAsync("/usr/bin/python3", "-c", program)).Exits(0).Output.TrimEnd().Split('\n');

        Assert.Equal("logits (40, 4, 256) True True", said[0]);
        Assert.StartsWith("answers (4, 12) True ", said[1], StringComparison.Ordinal);
        Assert.Equal(said[1], said[2]);
    }

    /// <summary>PyTorch's device without memory or arithmetic has its shapes, types and rules: as on a GPU, a tensor of the CPU among its own is an error.</summary>
    [TorchFact]
    public async Task The_model_for_a_GPU_keeps_everything_there_and_in_its_precision()
    {
        const string program = """
            import numpy as np, torch
            from llm.shape import SHAPES
            from llm.torch_model import Model
            class Watched(torch.utils._python_dispatch.TorchDispatchMode):
                def __torch_dispatch__(self, function, types, arguments=(), keywords=None):
                    result = function(*arguments, **(keywords or {}))
                    if isinstance(result, torch.Tensor) and result.is_floating_point():
                        seen.add((str(result.device), str(result.dtype)))
                    return result
            for precision in ("float16", "float32", "float64"):
                seen = set()
                model = Model(SHAPES["base"], precision, torch.device("meta"))
                with Watched():
                    cache = model.start([1, 2])
                    for position in range(3):
                        logits = model.next(np.array([1, 2]), position, cache)
                print(precision, tuple(logits.shape), *seen)
            """;
        _workspace.Environment["PYTHONPATH"] = Repository.PathOf("experiments/LlmEfficiency");

        var said = (await _workspace.ExecuteAsync("/usr/bin/python3", "-c", program)).Exits(0).Output.TrimEnd().Split('\n');

        Assert.Equal(
            [
                "float16 (2, 256) ('meta', 'torch.float16')",
                "float32 (2, 256) ('meta', 'torch.float32')",
                "float64 (2, 256) ('meta', 'torch.float64')",
            ],
            said);
    }

    private static double Median(IEnumerable<JsonElement> runs, string configuration)
    {
        var values = runs.Where(r => Id(r).StartsWith(configuration, StringComparison.Ordinal)).Select(r => Number(r.GetProperty("metrics"), "tokens_per_joule")).Order().ToList();
        Assert.Equal(5, values.Count);
        return values[2];
    }

    private string[] Tables() => Directory.Exists(_workspace.PathOf("results")) ? Directory.GetFiles(_workspace.PathOf("results"), "text_generation_results.csv") : [];

    private List<int> Trainers() => [.. _workspace.Processes().Where(pid => CommandLine(pid).Contains("llm.generate", StringComparison.Ordinal))];

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static bool TryKill(int pid)
    {
        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            process.Kill();
            return true;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private static string Id(JsonElement run) => run.GetProperty("id").GetString()!;

    private static double Number(JsonElement metrics, string name) => metrics.GetProperty(name).GetDouble();
}
