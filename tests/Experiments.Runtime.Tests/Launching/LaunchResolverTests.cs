namespace Experiments.Runtime.Tests.Launching;

public sealed class LaunchResolverTests : IDisposable
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("experiments-");

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void A_file_is_found_in_the_current_directory_first()
    {
        Touch("here/train.py");
        Touch("train.py");

        var launch = Resolve(new Launch { Kind = LaunchKind.File, Target = "train.py" }, from: "here");

        Assert.Equal(PathOf("here"), launch.WorkingDirectory);
        Assert.Equal("train.py", launch.Program[^1]);
        Assert.StartsWith("/", launch.Program[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Else_in_the_nearest_folder_above_the_program()
    {
        Touch("src/main.py");

        var launch = Resolve(new Launch { Kind = LaunchKind.File, Target = "src/main.py" }, from: "elsewhere");

        Assert.Equal(_project.FullName, launch.WorkingDirectory);
    }

    [Theory]
    [InlineData("pipeline/train.py")]
    [InlineData("pipeline/train/__main__.py")]
    public void A_module_is_a_file_or_a_package(string file)
    {
        Touch(file);

        var launch = Resolve(new Launch { Kind = LaunchKind.Module, Target = "pipeline.train" });

        Assert.Equal(["-m", "pipeline.train"], launch.Program.Skip(1));
    }

    [Fact]
    public void A_module_may_be_installed_with_the_interpreter() =>
        Assert.Equal("json.tool", Resolve(new Launch { Kind = LaunchKind.Module, Target = "json.tool" }).Program[^1]);

    [Theory]
    [InlineData("a branch", ".git/HEAD", "ref: refs/heads/main\n", ".git/refs/heads/main", "4f1c0d2a9b31c0ffee00c0ffee00c0ffee00c0ff\n")]
    [InlineData("a packed branch", ".git/HEAD", "ref: refs/heads/main\n", ".git/packed-refs", "# pack-refs with: peeled\n4f1c0d2a9b31c0ffee00c0ffee00c0ffee00c0ff refs/heads/main\n90be57c1d2aa0000000000000000000000000000 refs/heads/other\n")]
    [InlineData("a commit", ".git/HEAD", "4f1c0d2a9b31c0ffee00c0ffee00c0ffee00c0ff\n", ".git/config", "")]
    [InlineData("a submodule", ".git", "gitdir: ../../modules/kdgat\n", "../../modules/kdgat/HEAD", "4f1c0d2a9b31c0ffee00c0ffee00c0ffee00c0ff\n")]
    public void A_tool_must_be_at_the_commit_that_pins_it(string checkedOut, string file, string text, string other, string otherText)
    {
        Assert.NotEmpty(checkedOut);
        Touch("tools/kdgat/train.py");
        foreach (var (path, content) in new[] { (file, text), (other, otherText) })
        {
            var full = Path.GetFullPath(Path.Combine("tools", "kdgat", path), _project.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, content);
        }

        var declared = new Launch { Kind = LaunchKind.File, Target = "train.py", Tool = "kdgat", Commit = "4f1c0d2a9b31" };
        Assert.Equal(PathOf("tools/kdgat"), Resolve(declared).WorkingDirectory);

        var error = Assert.Throws<ExperimentsException>(() => Resolve(declared with { Commit = "90be57c1d2aa" }));
        Assert.Equal("EXP8284", error.Code);
        Assert.Equal("expected tool `kdgat` to be at commit 90be57c1d2aa, got 4f1c0d2a9b31", error.Message);
    }

    [Theory]
    [InlineData("4f1c0d2", "expected tool `kdgat` to be at commit 4f1c0d2, got a folder that is no clone of its own")]
    [InlineData("main", "expected `Commit` of tool `kdgat` to be 7 or more characters of a hash, got `main`")]
    public void A_pin_that_cannot_hold_is_refused(string commit, string message)
    {
        Touch("tools/kdgat/train.py");

        var error = Assert.Throws<ExperimentsException>(() => Resolve(new Launch { Kind = LaunchKind.File, Target = "train.py", Tool = "kdgat", Commit = commit }));

        Assert.Equal(("EXP8284", message), (error.Code, error.Message));
    }

    [Fact]
    public void A_tool_is_looked_for_under_tools_and_brings_its_interpreter()
    {
        Touch("tools/kdgat/train.py");
        var python = Touch("tools/kdgat/.venv/bin/python");
        File.SetUnixFileMode(python, UnixFileMode.UserExecute | UnixFileMode.UserRead);

        var launch = Resolve(new Launch { Kind = LaunchKind.File, Target = "train.py", Tool = "kdgat" });

        Assert.Equal(PathOf("tools/kdgat"), launch.WorkingDirectory);
        Assert.Equal([python, "train.py"], launch.Program.ToArray());
    }

    [Fact]
    public void A_program_without_a_path_is_looked_up_in_PATH() =>
        Assert.Equal("sh", Path.GetFileName(Resolve(new Launch { Kind = LaunchKind.Executable, Target = "sh" }).Program[0]));

    [Fact]
    public void A_method_is_this_program_again()
    {
        var launch = Resolve(new Launch { Kind = LaunchKind.Method });

        Assert.True(launch.IsResolved);
        Assert.Equal("__attempt", launch.Program[^1]);
    }

    [Fact]
    public void An_entrypoint_that_does_not_exist_is_refused_with_the_places_looked_at()
    {
        var error = Assert.Throws<ExperimentsException>(() => Resolve(new Launch { Kind = LaunchKind.File, Target = "tran.py" }));

        Assert.Equal("EXP8020", error.Code);
        Assert.StartsWith("expected entrypoint `tran.py` to exist, got nothing at ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"`{PathOf("tran.py")}`", error.Message);
    }

    [Fact]
    public async Task A_program_that_is_neither_in_PATH_nor_named_with_its_path_is_refused_with_what_was_looked_for()
    {
        await File.WriteAllTextAsync(PathOf("tran.sh"), "");

        var error = Assert.Throws<ExperimentsException>(() => Resolve(new Launch { Kind = LaunchKind.Executable, Target = "tran.sh" }));

        Assert.StartsWith($"expected entrypoint `tran.sh` to exist, got no program of that name in `PATH` nor in the `.venv/bin` of `{Path.GetDirectoryName(PathOf("tran.sh"))}`", error.Message, StringComparison.Ordinal);
        Assert.Contains("[Entrypoint(\"./tran.sh\")]", error.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_python_function_gets_its_configuration_and_its_result_is_recorded()
    {
        await using var bench = await Workbench.OpenAsync();
        await File.WriteAllTextAsync(PathOf("trainer.py"), """
            import os
            def train(job_id, worker_id, storage_path, rate, optimizer):
                with open(os.path.join(storage_path, "model.pt"), "w") as f:
                    f.write(f"{job_id} {rate} {optimizer['name']}")
                return {"metrics": {"val_acc": 0.5, "loss": float("nan")}, "artifacts": {"model": "model.pt"}}
            """);
        var launch = Resolve(new Launch { Kind = LaunchKind.Function, Target = "trainer:train" });
        await bench.SubmitAsync(Workbench.Planned("r", launch, """{"optimizer":{"name":"adam"},"rate":0.1}""", null));

        await bench.DrainAsync();

        var run = (await bench.Registry.FindAsync("r"))!;
        Assert.True(run.Run.Status == Experiments.Registry.RunStatus.Completed, await File.ReadAllTextAsync(bench.Root.Run("r").Log(1)));
        Assert.Equal((0.5, double.NaN), (run.Run.Metrics["val_acc"], run.Run.Metrics["loss"]));
        Assert.Contains((await bench.Registry.EventsAsync("r")).Latest, e => e is { Name: "artifact", Data: """{"name":"model","path":"model.pt"}""" });
        Assert.Equal("r 0.1 adam", await File.ReadAllTextAsync(Path.Combine(bench.Root.Run("r").Directory, "model.pt")));
    }

    private Launch Resolve(Launch declared, string from = ".") =>
        LaunchResolver.Resolve(declared, Directory.CreateDirectory(PathOf(from)).FullName.TrimEnd('/'), Directory.CreateDirectory(PathOf("bin/net10.0")).FullName);

    private string PathOf(string relative) => Path.GetFullPath(relative, _project.FullName);

    private string Touch(string relative)
    {
        var path = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return path;
    }
}
