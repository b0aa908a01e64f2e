using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>The real compiler checks a project's experiments against its Python script, each time either is edited.</summary>
public sealed class PythonContractSpecs
{
    private const string Script = """
        import argparse
        parser = argparse.ArgumentParser()
        parser.add_argument("--batch-size", type=int, default=32)
        args = parser.parse_args()
        """;

    private const string Wrong = """
        using Experiments;

        [Experiment("train")]
        [Entrypoint("train.py")]
        public partial record Train
        {
            public int BatchSiez { get; init; } = 32;
        }
        """;

    [Fact]
    public async Task A_misnamed_property_is_an_error_at_its_line_until_it_or_the_script_is_mended()
    {
        using var project = new ScratchProject();
        project.Write("train.py", Script);
        project.Write("Train.cs", Wrong);
        var build = (await project.BuildAsync()).Exits(1);
        Assert.Equal(("Train.cs", 7, "EXP4010"), Assert.Single(ScratchProject.Errors(build)));
        Assert.Contains("did you mean `--batch-size`?", build.Output);

        project.Write("Train.cs", Wrong.Replace("BatchSiez", "BatchSize"));
        (await project.BuildAsync()).Exits(0);

        project.Write("train.py", Script.Replace("--batch-size", "--rows"));
        Assert.Equal(("Train.cs", 7, "EXP4010"), Assert.Single(ScratchProject.Errors((await project.BuildAsync()).Exits(1))));
    }

    [Fact]
    public async Task An_entrypoint_that_is_not_there_is_an_error_at_the_attribute()
    {
        using var project = new ScratchProject();
        project.Write("train.py", Script);
        project.Write("Train.cs", Wrong.Replace("BatchSiez", "BatchSize").Replace("\"train.py\"", "\"trian.py\""));
        Assert.Equal(("Train.cs", 4, "EXP4001"), Assert.Single(ScratchProject.Errors((await project.BuildAsync()).Exits(1))));
    }

    [Fact]
    public async Task Tools_are_found_where_they_are_with_what_they_accept()
    {
        using var project = new ScratchProject();
        project.Write("tools/kdgat/train.py", Script);
        project.Write("tools/kdgat/.venv/lib/train.py", "not Python (");
        project.Write("tools/other/main.py", "");
        project.Write("Train.cs", Wrong.Replace("\"train.py\"", "\"train.py\", Tool = \"kdgat\""));
        Assert.Equal(("Train.cs", 7, "EXP4010"), Assert.Single(ScratchProject.Errors((await project.BuildAsync()).Exits(1))));

        project.Write("Train.cs", Wrong.Replace("BatchSiez", "BatchSize").Replace("\"train.py\"", "\"train.py\", Tool = \"kdgta\""));
        var build = (await project.BuildAsync()).Exits(1);
        Assert.Equal(("Train.cs", 4, "EXP4020"), Assert.Single(ScratchProject.Errors(build)));
        Assert.Contains("did you mean `kdgat`?", build.Output);

        project.Write("tools/kdgat/.git/HEAD", "ref: refs/heads/main\n");
        project.Write("Train.cs", Wrong.Replace("BatchSiez", "BatchSize").Replace("\"train.py\"", "\"train.py\", Tool = \"kdgat\""));
        Assert.Contains("warning EXP4021", (await project.BuildAsync()).Exits(0).Output);

        project.Write(".gitmodules", "[submodule \"kdgat\"]\n\tpath = tools/kdgat\n\turl = ../kdgat\n");
        Assert.DoesNotContain("EXP4021", (await project.BuildAsync()).Exits(0).Output);
    }
}
