using System.Globalization;
using System.Text;

namespace Experiments.Torture.Killing;

/// <summary>Runs of short shell scripts that sign what they write with the number of their attempt.</summary>
internal static class Runs
{
    private const string Script = """
        echo "$EXP_ATTEMPT" > "$EXP_RUN_DIR/attempt.txt"
        mkdir "$EXP_RUN_DIR/only-$EXP_ATTEMPT"; echo x > "$EXP_RUN_DIR/only-$EXP_ATTEMPT/plot"
        for step in 1 2 3; do echo "{\"metrics\":{\"v\":$step},\"step\":$step}" >> "$EXP_EVENTS"; sleep 0.0$(( $$ % 9 )); done
        exit $(( $$ % 11 == 0 ))
        """;

    private static readonly ExperimentDefinition s_experiment = new()
    {
        Name = "script",
        IdTemplate = "{Number}",
        Launch = new Launch { Kind = LaunchKind.Executable, Target = "/bin/sh", Program = ["/bin/sh", "-c", Script, "run"], Style = ArgumentStyle.None, WorkingDirectory = "/" },
        Retry = new RetryPolicy { Limit = 2, BackoffBase = 0.1 },
    };

    /// <summary>Forty runs, some of them known already; every third needs the one before it.</summary>
    public static Plan Plan(ref int submitted, Random random)
    {
        var first = submitted == 0 || random.Next(3) > 0 ? submitted : submitted - 40;
        submitted = first + 40;
        var runs = new List<PlannedRun>();
        for (var number = first; number < first + 40; number++)
        {
            var config = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"number":{{number}}}"""));
            runs.Add(new PlannedRun
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"script/{number}"),
                Experiment = s_experiment,
                Config = config,
                Hash = ContentHash.Compute(config),
                Inputs = (number - first) % 3 == 2 ? [new PlannedInput("before", runs[^1])] : [],
            });
        }

        return Experiments.Plan.Create("Scripts", runs);
    }
}
