using System.Text;
using Experiments.Runtime.Launching;

namespace Experiments.Runtime.Tests.Launching;

public sealed class RankLauncherTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("experiments-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void Torchrun_takes_its_rendezvous_port_from_the_system_and_keeps_a_log_of_every_rank() => Assert.Equal(
        "/venv/bin/python -m torch.distributed.run --nnodes 1 --nproc_per_node 4 --rdzv_backend c10d --rdzv_endpoint localhost:0 --rdzv_id attempt-2 --max_restarts 0 "
        + "--log_dir HOME/logs/attempt-2.ranks --tee 3 train.py --seed 1",
        Words(Script(new RankLaunch(Launcher.Torchrun, 4)), attempt: 2));

    [Fact]
    public void A_module_is_started_as_a_module() => Assert.EndsWith("--tee 3 -m pipeline.train --seed 1",
        Words(new Launch { Kind = LaunchKind.Module, Program = ["/venv/bin/python", "-m", "pipeline.train"], Ranks = new RankLaunch(Launcher.Torchrun, 2) }), StringComparison.Ordinal);

    [Fact]
    public void A_function_is_called_by_every_rank() => Assert.EndsWith("--tee 3 HOME/function.py pkg.module:train",
        Words(new Launch { Kind = LaunchKind.Function, Target = "pkg.module:train", Program = ["/venv/bin/python"], Ranks = new RankLaunch(Launcher.Torchrun, 2) }), StringComparison.Ordinal);

    [Fact]
    public void Another_program_is_started_without_python() => Assert.EndsWith("--tee 3 --no_python /opt/train --seed 1",
        Words(new Launch { Kind = LaunchKind.Executable, Program = ["/venv/bin/python", "/opt/train"], Ranks = new RankLaunch(Launcher.Torchrun, 2) }), StringComparison.Ordinal);

    [Fact]
    public void Options_of_ones_own_come_last_and_so_win() => Assert.EndsWith("--tee 3 --max_restarts 1 train.py --seed 1",
        Words(Script(new RankLaunch(Launcher.Torchrun, 2) { Options = ["--max_restarts", "1"] })), StringComparison.Ordinal);

    [Fact]
    public void Accelerate_reads_a_generated_config_file() => Assert.Equal(
        "/venv/bin/python -m accelerate.commands.launch --config_file HOME/accelerate.yaml --num_machines 1 --num_processes 4 --mixed_precision fp16 "
        + "--multi_gpu --rdzv_backend c10d --main_process_port 0 --log_dir HOME/logs/attempt-1.ranks --tee 3 train.py --seed 1",
        Words(Script(new RankLaunch(Launcher.Accelerate, 4) { MixedPrecision = "fp16" })));

    [Fact]
    public void Accelerate_takes_its_rendezvous_port_from_the_system_too_by_the_environment_as_it_has_no_option_for_that()
    {
        Assert.Equal(["PET_RDZV_ENDPOINT=localhost:0"], RankLauncher.Variables(Script(new RankLaunch(Launcher.Accelerate, 2))));
        Assert.Empty(RankLauncher.Variables(Script(new RankLaunch(Launcher.Accelerate, 1))));
        Assert.Empty(RankLauncher.Variables(Script(new RankLaunch(Launcher.Torchrun, 2))));
    }

    [Fact]
    public void One_process_of_accelerate_needs_no_rendezvous() => Assert.Equal(
        "/venv/bin/python -m accelerate.commands.launch --config_file HOME/accelerate.yaml --num_machines 1 --num_processes 1 --mixed_precision no train.py --seed 1",
        Words(Script(new RankLaunch(Launcher.Accelerate, 1))));

    [Fact]
    public void A_config_file_of_ones_own_says_how_processes_share_the_model() => Assert.Equal(
        "/venv/bin/python -m accelerate.commands.launch --config_file fsdp.yaml --num_machines 1 --num_processes 2 --mixed_precision bf16 "
        + "--rdzv_backend c10d --main_process_port 0 --log_dir HOME/logs/attempt-1.ranks --tee 3 train.py --seed 1",
        Words(Script(new RankLaunch(Launcher.Accelerate, 2) { MixedPrecision = "bf16", ConfigFile = "fsdp.yaml" })));

    [Fact]
    public void The_generated_config_file_says_what_a_personal_default_would_else()
    {
        RankLauncher.WriteConfig(new RankLaunch(Launcher.Accelerate, 4) { MixedPrecision = "bf16" }, new RunHome(_home.FullName));

        var lines = File.ReadAllLines(Path.Combine(_home.FullName, "accelerate.yaml"));
        foreach (var line in (string[])["compute_environment: LOCAL_MACHINE", "distributed_type: MULTI_GPU", "mixed_precision: 'bf16'", "num_machines: 1", "num_processes: 4", "gpu_ids: all", "use_cpu: false"])
            Assert.Contains(line, lines);
    }

    [Theory]
    [InlineData(LaunchKind.Method, Launcher.Torchrun, 2, 2, null, "EXP8280")]
    [InlineData(LaunchKind.File, Launcher.Torchrun, 3, 2, null, "EXP8281")]
    [InlineData(LaunchKind.File, Launcher.Accelerate, 2, 0, null, "EXP8281")]
    [InlineData(LaunchKind.File, Launcher.Torchrun, 2, 2, "fp16", "EXP8282")]
    [InlineData(LaunchKind.File, Launcher.Accelerate, 2, 2, "fp4", "EXP8282")]
    [InlineData(LaunchKind.File, Launcher.Torchrun, 2, 0, null, null)]
    [InlineData(LaunchKind.File, Launcher.Torchrun, 1, 2, null, null)]
    [InlineData(LaunchKind.File, Launcher.Accelerate, 4, 4, "fp8", null)]
    [InlineData(LaunchKind.File, Launcher.Accelerate, 1, 0, "bf16", null)]
    public void What_no_launcher_could_start_is_refused_when_it_is_planned(LaunchKind kind, Launcher launcher, int processes, int gpus, string? precision, string? code)
    {
        var experiment = new ExperimentDefinition
        {
            Name = "x",
            IdTemplate = "{hash}",
            Launch = new Launch { Kind = kind, Program = ["python"], WorkingDirectory = "/", Ranks = new RankLaunch(launcher, processes) { MixedPrecision = precision } },
            Resources = new Resources { Gpus = gpus },
        };

        var error = Record.Exception(() => LaunchResolver.Resolve(experiment));

        Assert.Equal(code, (error as ExperimentsException)?.Code);
        Assert.Equal(code is null, error is null);
    }

    private string Words(Launch launch, int attempt = 1) => string.Join(' ',
        LaunchResolver.CommandLine(launch, Encoding.UTF8.GetBytes("""{"seed":1}"""), Path.Combine(_home.FullName, "config.json"), attempt: attempt)).Replace(_home.FullName, "HOME", StringComparison.Ordinal);

    private static Launch Script(RankLaunch ranks) => new() { Kind = LaunchKind.File, Target = "train.py", Program = ["/venv/bin/python", "train.py"], Ranks = ranks };
}
