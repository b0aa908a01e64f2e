using Xunit;

namespace Experiments.CommandLine.Tests;

public sealed class RankLogTests : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("experiments-");

    public void Dispose() => _home.Delete(recursive: true);

    [Fact]
    public void The_log_of_a_rank_is_found_however_deep_its_launcher_puts_it()
    {
        Write("attempt-2_x7/attempt_0/0/stdout.log", "zero");
        var three = Write("attempt-2_x7/attempt_0/3/stdout.log", "three");
        Write("attempt-2_x7/attempt_0/3/stderr.log", "");

        Assert.Equal(three, RankLog.Find(Home, 2, 3));
    }

    [Fact]
    public void A_rank_that_was_started_again_has_its_latest_log()
    {
        File.SetLastWriteTimeUtc(Write("attempt-2_x7/attempt_0/3/stdout.log", "a long first try"), DateTime.UtcNow.AddMinutes(-1));
        var again = Write("attempt-2_x7/attempt_1/3/stdout.log", "again");

        Assert.Equal(again, RankLog.Find(Home, 2, 3));
    }

    [Fact]
    public void A_rank_without_a_log_is_refused_with_those_that_have_one()
    {
        Write("attempt-2_x7/attempt_0/0/stdout.log", "zero");

        var error = Assert.Throws<ExperimentsException>(() => RankLog.Find(Home, 2, 3));
        Assert.Equal("EXP8106", error.Code);
        Assert.EndsWith("got `0`", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("got none", Assert.Throws<ExperimentsException>(() => RankLog.Find(Home, 1, 0)).Message, StringComparison.Ordinal);
    }

    private RunHome Home => new(_home.FullName);

    private string Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(Home.RankLogs(2), path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
        return file.FullName;
    }
}
