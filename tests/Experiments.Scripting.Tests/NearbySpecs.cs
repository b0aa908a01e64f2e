namespace Experiments.Scripting.Tests;

/// <summary>A script is checked against the Python trainer beside it, as a project is.</summary>
public sealed class NearbySpecs : IDisposable
{
    private const string Trainer = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--learning-rate', type=float)\nargs = parser.parse_args()\n";

    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Script(string entrypoint, string property) => _folder.Write("sweep.csx", $$"""
        [Experiment("curve", Id = "lr{{{property}}}")]
        [Entrypoint("{{entrypoint}}")]
        public sealed partial record Curve
        {
            public double {{property}} { get; init; } = 0.1;
        }
        """);

    [Fact]
    public void An_option_that_the_trainer_does_not_accept_is_an_error_at_its_property()
    {
        _folder.Write("train.py", Trainer);

        var problem = Assert.Single(_folder.Problems(Script("train.py", "LerningRate")));

        Assert.Equal(("EXP4010", 5, 19), (problem.Id, problem.Line, problem.Column));
        Assert.Contains("--learning-rate", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trainer_that_is_elsewhere_is_an_error_at_the_entrypoint()
    {
        _folder.Write("train.py", Trainer);

        var problem = Assert.Single(_folder.Problems(Script("trian.py", "LearningRate")));

        Assert.Equal(("EXP4001", 2), (problem.Id, problem.Line));
        Assert.Contains("train.py", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_change_of_the_trainer_is_noticed_on_a_warm_start_and_one_of_other_files_is_not()
    {
        _folder.Write("train.py", Trainer);
        _folder.Write("notes.py", "x = 1\n");
        var script = Script("train.py", "LearningRate");
        var (first, none) = _folder.Host.Prepare(script);
        Assert.Empty(none);

        _folder.Write("notes.py", "x = 2\n");
        Assert.Equal(first!.Key, _folder.Host.Prepare(script).Script!.Key);

        _folder.Write("train.py", Trainer.Replace("learning-rate", "rate", StringComparison.Ordinal));
        Assert.Equal("EXP4010", Assert.Single(_folder.Host.Prepare(script).Problems).Id);
    }

    [Fact]
    public void What_is_no_text_is_not_checked_against()
    {
        File.WriteAllBytes(Path.Combine(_folder.Folder, "train.py"), [0xff, 0xfe, 0x00, 0xd8, 0x00]);

        Assert.DoesNotContain(_folder.Problems(Script("train.py", "LearningRate")), p => p.IsError);
    }
}
