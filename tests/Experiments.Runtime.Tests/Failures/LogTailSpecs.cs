using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Experiments.Runtime.Failures;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Tests.Failures;

/// <summary>
/// Ends of logs as trainers, launchers and kernels write them: `LogTails/CATEGORY/what-happened.txt`. A file says how the process ended, what of the
/// log is to be quoted, and after `---` the log.
/// </summary>
public sealed partial class LogTailSpecs
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Failures", "LogTails");

    public static TheoryData<string> Names() =>
        [.. Directory.EnumerateFiles(Folder, "*.txt", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_log_tail_is_put_in_its_category_and_its_telling_line_is_quoted(string name)
    {
        var (exit, oom, quoted, log) = Read(name);

        var (category, message) = FailureClassifier.Classify(exit, log, oom);

        Assert.Equal((name.Split('/')[0], quoted), (category.Text(), message.Contains(quoted, StringComparison.Ordinal) ? quoted : message));
    }

    [Fact]
    public void Every_category_that_a_log_can_tell_has_tails()
    {
        var folders = Directory.EnumerateDirectories(Folder).Select(Path.GetFileName);

        Assert.Equal(Enum.GetValues<FailureCategory>().Except([FailureCategory.Stall, FailureCategory.WorkerLost]).Select(category => category.Text()).Order(), folders.Order());
        Assert.True(Names().Count >= 60);
    }

    [Fact]
    public void Every_row_of_the_table_is_found_in_some_tail()
    {
        var found = Names().Cast<object[]>().SelectMany(name => LogLines.Of(Read((string)name[0]).Log)).Select(line => FailureTable.Of(line.Bare)).ToHashSet();

        Assert.Empty(FailureTable.Signs.Where(sign => !found.Contains(sign)).Select(sign => sign.Recognises));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Labels_of_ranks_and_times_change_nothing(string name)
    {
        var (exit, oom, _, log) = Read(name);
        var expected = FailureClassifier.Classify(exit, log, oom).Category;

        Assert.All(["[rank3]: ", "[1,3]<stderr>:", "(Trainer pid=2210, ip=10.0.0.4) ", "2024-05-08T08:47:31.261Z ", "\u001b[31m"],
            label => Assert.Equal(expected, FailureClassifier.Classify(exit, string.Join('\n', log.Split('\n').Select(line => label + line)), oom).Category));
    }

    [Fact]
    public void A_tail_that_begins_within_a_character_is_read()
    {
        using var directory = new TemporaryFolder();
        // 64 KiB from the end are in the middle of the first ━.
        var end = "\nModuleNotFoundError: No module named 'einops'\n";
        File.WriteAllBytes(directory.Log, [.. Encoding.UTF8.GetBytes("━"), .. Enumerable.Repeat((byte)'.', (64 * 1024) - 1 - end.Length), .. Encoding.UTF8.GetBytes(end)]);

        var (category, message) = FailureClassifier.Classify(new ExitStatus(1, null), LogTail.Read(directory.Log), false);

        Assert.Equal((FailureCategory.Configuration, "exit code 1: ModuleNotFoundError: No module named 'einops'"), (category, message));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_read_over()
    {
        using var directory = new TemporaryFolder();
        File.WriteAllBytes(directory.Log, [0xff, 0x00, 0xfe, 0xe2, 0x94, .. "\nMemoryError\n"u8, 0xe2, 0x94]);

        Assert.Equal(FailureCategory.HostOutOfMemory, FailureClassifier.Classify(new ExitStatus(1, null), LogTail.Read(directory.Log), false).Category);
    }

    [Fact]
    public void What_one_line_of_64_KiB_ends_with_counts() => Assert.Equal(FailureCategory.OutOfMemory,
        FailureClassifier.Classify(new ExitStatus(1, null), string.Concat(Enumerable.Repeat("  3%|▎   | 3/100 ", 4000)) + "torch.OutOfMemoryError: CUDA out of memory.", false).Category);

    [Theory]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("RESOURCE_EXHAUSTED: ")]
    [InlineData("RESOURCE_EXHAUSTED: \n")]
    [InlineData("OOM when allocating tensor ")]
    [InlineData("Key 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("a.a.a.a.")]
    [InlineData("[rank0]: [rank0]: ")]
    [InlineData("cuda error 1 1 1 1 1 1 ")]
    [InlineData("404 Client Error ")]
    [InlineData("WARNING: NCCL WARN CUDA out of memory, retrying\n")]
    [InlineData("During handling of the above exception\nValueError: x\n")]
    [InlineData("FileNotFoundError: checkpoin")]
    [InlineData("(a pid=")]
    public void A_tail_of_64_KiB_takes_less_than_50_ms_whatever_is_in_it(string part)
    {
        var log = string.Concat(Enumerable.Repeat(part, 64 * 1024 / part.Length));

        // A busy machine makes anything slow, but not forty times in a row.
        var took = Enumerable.Range(0, 40).Select(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            FailureClassifier.Classify(new ExitStatus(1, null), log, false);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        });

        Assert.Contains(took, milliseconds => milliseconds < 50);
    }

    [Fact]
    public void The_guide_shows_the_table_as_it_is()
    {
        var rows = FailureTable.Signs.Select((sign, i) =>
            string.Create(CultureInfo.InvariantCulture, $"| {i + 1} | `{sign.Category.Text()}` | {sign.Recognises} | {(sign.Weight == Weight.Cause ? "" : sign.Weight == Weight.Consequence ? "any cause before it" : "everything else")} |"));

        Assert.Equal(rows, Guide().Where(line => Row().IsMatch(line)));
    }

    [Fact]
    public void The_guide_says_of_every_category_what_happens()
    {
        var guide = Guide();
        Assert.All(Enum.GetValues<FailureCategory>(), category =>
        {
            var row = guide.First(line => line.StartsWith($"| `{category.Text()}` |", StringComparison.Ordinal));
            Assert.Contains(category == FailureCategory.WorkerLost ? "| quarantined:" : Retries.ActionOf(category) switch
            {
                FailureAction.Fail => "| never tried again:",
                FailureAction.Remedy => "| tried again with its remedies applied;",
                FailureAction.Requeue => "| queued again,",
                _ => "| tried again, as often as `[Retry]` says |",
            }, row, StringComparison.Ordinal);
        });
    }

    private static (ExitStatus Exit, bool HostRanOutOfMemory, string Quoted, string Log) Read(string name)
    {
        var file = File.ReadAllText(Path.Combine(Folder, name)).Split("\n---\n", 2);
        var head = Head().Match(file[0]);
        Assert.True(head.Success, $"expected `exit code N` or `killed by NAME`, then `quotes:`, in `{name}`");
        var number = head.Groups["code"].Success ? int.Parse(head.Groups["code"].Value, CultureInfo.InvariantCulture)
            : Enumerable.Range(1, 31).Single(signal => FailureClassifier.SignalName(signal) == head.Groups["signal"].Value);
        return (head.Groups["code"].Success ? new ExitStatus(number, null) : new ExitStatus(null, number), head.Groups["oom"].Success, head.Groups["quoted"].Value, file[1]);
    }

    private static string[] Guide()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Experiments.sln")))
            root = root.Parent ?? throw new InvalidOperationException("expected a parent directory with Experiments.sln");
        return File.ReadAllLines(Path.Combine(root.FullName, "docs", "guide", "failures.md"));
    }

    [GeneratedRegex(@"^(exit code (?<code>\d+)|killed by (?<signal>SIG\w+))(?<oom>, the kernel killed for memory)?\nquotes: ?(?<quoted>.*)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"^\| \d+ \|")]
    private static partial Regex Row();

    private sealed class TemporaryFolder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("log-tail-");

        public string Log => Path.Combine(_folder.FullName, "attempt-1.log");

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
