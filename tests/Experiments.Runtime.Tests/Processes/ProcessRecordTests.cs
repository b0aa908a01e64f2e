using Experiments.Registry;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Tests.Processes;

public sealed class ProcessRecordTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void It_tells_which_process_whether_it_may_take_its_time_and_how_it_ended()
    {
        var process = ProcFs.Identify(Environment.ProcessId)!;
        ProcessRecord.Begin(_path, process);
        Assert.Equal(new ProcessRecord(process, null, null), ProcessRecord.TryRead(_path));
        Assert.False(ProcessRecord.TryRead(_path)!.IsStopping);

        ProcessRecord.Stop(_path, TimeSpan.FromMinutes(1));
        Assert.True(ProcessRecord.TryRead(_path)!.IsStopping);

        ProcessRecord.End(_path, new ExitStatus(null, 15));
        Assert.Equal(new ExitStatus(null, 15), ProcessRecord.TryRead(_path)!.Exit);

        // Publishing appends what it moves.
        File.AppendAllText(_path, "\n{\"entries\":[\"model.pt\"]}\n");
        Assert.Equal((process, new ExitStatus(null, 15)), (ProcessRecord.TryRead(_path)!.Process, ProcessRecord.TryRead(_path)!.Exit));
    }

    [Fact]
    public void A_torn_end_counts_as_not_written_and_another_boot_is_not_believed()
    {
        var process = ProcFs.Identify(Environment.ProcessId)!;
        ProcessRecord.Begin(_path, process);
        File.AppendAllText(_path, "{\"exit_co");
        Assert.Equal(new ProcessRecord(process, null, null), ProcessRecord.TryRead(_path));

        var earlier = process with { BootId = "another" };
        ProcessRecord.Begin(_path, earlier);
        ProcessRecord.End(_path, new ExitStatus(0, null));
        Assert.Equal(new ProcessRecord(earlier, null, null), ProcessRecord.TryRead(_path));
    }
}
