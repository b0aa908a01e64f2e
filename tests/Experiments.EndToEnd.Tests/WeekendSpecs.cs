using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>200 runs, of which a third have the troubles of a real weekend, under workers that are killed and replaced: as its README says to do it.</summary>
public sealed partial class WeekendSpecs : IDisposable
{
    private readonly Workspace _workspace = new("experiments/Weekend");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task After_a_weekend_nobody_looked_after_every_run_is_in_the_right_state_and_nothing_is_left_behind()
    {
        var typed = Document.Read("experiments/Weekend/README.md").Single("sh", "weekend").Replace(" experiments/", $" {Repository.Root}/experiments/", StringComparison.Ordinal);
        var weekend = (await _workspace.ExecuteAsync("bash", "-c", typed)).Exits(0);

        // Only root may mount the small disk that the archives fill.
        var disk = !weekend.Output.Contains("no small disk", StringComparison.Ordinal);
        var expected = new Dictionary<string, (int Runs, string Outcome)>
        {
            ["fine"] = (112, "completed at once"),
            ["cuda_oom"] = (8, "completed after 2 × out-of-memory"),
            ["cuda_oom_always"] = (2, "failed after 5 × out-of-memory"),
            ["host_oom"] = (8, "completed after 2 × host-out-of-memory"),
            ["host_oom_always"] = (2, "failed after 5 × host-out-of-memory"),
            ["hang"] = (6, "completed after 1 × stall"),
            ["deaf_hang"] = (2, "completed after 1 × stall"),
            ["segfault"] = (10, "completed after 1 × crash"),
            ["segfault_always"] = (2, "failed after 4 × crash"),
            ["nccl_timeout"] = (10, "completed after 1 × communication"),
            ["nccl_timeout_always"] = (2, "failed after 5 × communication"),
            ["flaky"] = (14, "completed after 1 × unknown"),
            ["broken"] = (2, "failed after 4 × unknown"),
            ["refused"] = (4, "failed after 1 × configuration"),
            ["daemon"] = (6, "completed at once"),
        };
        if (disk)
        {
            expected["archive/64"] = (8, "completed after 1 to 5 × disk-full");
            expected["archive/4096"] = (2, "failed after 6 × disk-full");
        }

        Assert.Equal(expected, Rows().Matches(weekend.Output).ToDictionary(row => row.Groups["kind"].Value, row =>
            (row.Groups["right"].Value == row.Groups["runs"].Value ? Number(row.Groups["runs"]) : -1, row.Groups["outcome"].Value)));
        Assert.Equal(2, Killed().Count(weekend.Output));
        Assert.Matches(TimeIsUp(), weekend.Output);
        Assert.Contains("\norphan processes: 0\n", weekend.Output);
        Assert.Contains("\nmisplaced or missing files: 0\n", weekend.Output);

        // Between two processes of a slot half a dozen others must get a processor, so on a busy machine single changes
        // take longer. On a quiet one `weekend --strict` finds none above 100 ms.
        var idle = Idle().Match(weekend.Output);
        Assert.InRange(Number(idle.Groups["most"]), 0, 100);
        Assert.InRange(Number(idle.Groups["longest"]), 0, 1000);

        // The same, asked by others: what is on the disk, the program's own commands, and the operating system.
        Assert.Empty(Verdict.Verdict.Problems(_workspace.PathOf("results"), finished: true));
        var status = await _workspace.JsonAsync("status");
        Assert.Equal((disk ? 184 : 176, disk ? 16 : 14), (status.GetProperty("completed").GetInt32(), status.GetProperty("failed").GetInt32()));
        Assert.Equal(0, status.GetProperty("pending").GetInt32() + status.GetProperty("running").GetInt32());
        Assert.Empty(_workspace.Processes());
        var remedied = (await _workspace.JsonAsync("show", "cuda_oom/0")).GetProperty("attempts").EnumerateArray().ToList();
        Assert.Contains("next with batch_size 64 → 32, accumulation_steps 1 → 2", remedied[0].GetProperty("message").GetString());
        Assert.Equal("cuda_oom/0\nbatch_size=16 accumulation_steps=4\n", await File.ReadAllTextAsync(_workspace.RunFile("cuda_oom/0", "cuda_oom-0.txt")));
    }

    private static int Number(Group text) => int.Parse(text.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<kind>[a-z_/0-9]+) +(?<right>\d+) of (?<runs>\d+) +(?<outcome>.+)$", RegexOptions.Multiline)]
    private static partial Regex Rows();

    [GeneratedRegex(@"^\d +after .* killed \(-9\) while [1-4] trainers ran$", RegexOptions.Multiline)]
    private static partial Regex Killed();

    [GeneratedRegex(@"^3 +after .* time is up while \d trainers ran; they ended", RegexOptions.Multiline)]
    private static partial Regex TimeIsUp();

    [GeneratedRegex(@"^a slot was idle .*95 % (?<most>\d+) ms, longest (?<longest>\d+) ms", RegexOptions.Multiline)]
    private static partial Regex Idle();
}
