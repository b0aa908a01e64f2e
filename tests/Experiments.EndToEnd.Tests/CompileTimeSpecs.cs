using System.Text.RegularExpressions;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>A typo in a sweep is an error of the real compiler, at the right line.</summary>
public sealed class CompileTimeSpecs
{
    // Each wrong line says which error it must have.
    private const string Sweeps = """
        using System.ComponentModel.DataAnnotations;
        using Experiments;

        [Experiment("net", Id = "lr{LearningRate}_h{Hidden}")]
        public partial record Net
        {
            [Range(1e-6, 1.0)] public double LearningRate { get; init; } = 0.1;
            public int Hidden { get; init; } = 64;
            public int Seed { get; init; }
            public Task<Results> RunAsync(RunContext run) => Task.FromResult(new Results());
            public partial record Results { [Metric(Goal.Maximize)] public double Score { get; init; } }
        }

        [Sweep]
        public partial record WrongName : ISweep<Net>
        {
            [Values(0.1, 0.2)] public double LearningRat { get; init; } // EXP3001
        }

        [Sweep]
        public partial record WrongType : ISweep<Net>
        {
            [Values("64", "128")] public string Hidden { get; init; } // EXP3002
        }

        [Sweep]
        public partial record OutOfRange : ISweep<Net>
        {
            [Values(0.1, 10.0)] public double LearningRate { get; init; } // EXP3003
        }

        [Sweep]
        public partial record Colliding : ISweep<Net>
        {
            [Seeds(3)] public int Seed { get; init; } // EXP2002
        }
        """;

    [Fact]
    public async Task A_wrong_name_type_range_or_id_is_a_build_error_at_its_line()
    {
        using var project = new ScratchProject();
        project.Write("Sweeps.cs", Sweeps);
        var errors = ScratchProject.Errors((await project.BuildAsync()).Exits(1));

        var expected = Sweeps.Split('\n').Select((line, index) => (Line: index + 1, Code: Regex.Match(line, "// (EXP.*)").Groups[1].Value)).Where(line => line.Code.Length > 0).ToList();
        Assert.Equal(4, expected.Count);
        Assert.Equal(expected.Select(line => ("Sweeps.cs", line.Line, line.Code)), errors.OrderBy(error => error.Line));
    }

    [Fact]
    public async Task With_the_four_mistakes_corrected_the_same_program_compiles()
    {
        using var project = new ScratchProject();
        project.Write("Sweeps.cs", Sweeps
            .Replace("LearningRat ", "LearningRate ")
            .Replace("[Values(\"64\", \"128\")] public string", "[Values(64, 128)] public int")
            .Replace("[Values(0.1, 10.0)]", "[Values(0.1, 1.0)]")
            .Replace("_h{Hidden}", "_h{Hidden}_s{Seed}"));
        (await project.BuildAsync()).Exits(0);
    }
}
