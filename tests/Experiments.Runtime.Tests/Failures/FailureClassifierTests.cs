using Experiments.Runtime.Failures;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Tests.Failures;

public sealed class FailureClassifierTests
{
    [Theory]
    [InlineData(FailureCategory.OutOfMemory, "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 15.78 GiB total capacity)")]
    [InlineData(FailureCategory.OutOfMemory, "RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`")]
    [InlineData(FailureCategory.HostOutOfMemory, "MemoryError")]
    [InlineData(FailureCategory.HostOutOfMemory, "terminate called after throwing an instance of 'std::bad_alloc'")]
    [InlineData(FailureCategory.DiskFull, "OSError: [Errno 28] No space left on device: 'last.ckpt'")]
    [InlineData(FailureCategory.Communication, "[rank3]:[E ProcessGroupNCCL.cpp:607] [Rank 3] Watchdog caught collective operation timeout: WorkNCCL(SeqNum=1234)")]
    [InlineData(FailureCategory.Communication, "requests.exceptions.ConnectionError: HTTPSConnectionPool(host='hub', port=443)")]
    [InlineData(FailureCategory.Communication, "RuntimeError: The server socket has failed to listen on any local network address. The server socket has failed to bind to [::]:29500 (errno: 98 - Address already in use).")]
    [InlineData(FailureCategory.Configuration, "ModuleNotFoundError: No module named 'torch'")]
    [InlineData(FailureCategory.Configuration, "/usr/bin/python3: No module named src.main")]
    [InlineData(FailureCategory.Configuration, "python3: can't open file '/x/train.py': [Errno 2] No such file or directory")]
    [InlineData(FailureCategory.Configuration, "train.py: error: unrecognized arguments: --learning-rte 0.1")]
    [InlineData(FailureCategory.ModelLoad, "RuntimeError: Error(s) in loading state_dict for Net:")]
    [InlineData(FailureCategory.Data, "FileNotFoundError: [Errno 2] No such file or directory: 'data/train.csv'")]
    [InlineData(FailureCategory.Unknown, "ValueError: loss became negative")]
    public void A_log_that_ends_with_a_telling_line_decides(FailureCategory expected, string line)
    {
        var (category, message) = FailureClassifier.Classify(new ExitStatus(1, null), $"Epoch 1\nTraceback (most recent call last):\n{line}\n", hostRanOutOfMemory: false);

        Assert.Equal(expected, category);
        Assert.Equal($"exit code 1: {line}", message);
    }

    [Fact]
    public void A_usage_message_with_exit_code_2_is_a_configuration_error() => Assert.Equal(FailureCategory.Configuration,
        FailureClassifier.Classify(new ExitStatus(2, null), "usage: train.py [-h] --rate RATE\nsomething is missing\n", false).Category);

    [Fact]
    public void A_signal_without_a_telling_line_is_a_crash() => Assert.Equal((FailureCategory.Crash, "killed by SIGSEGV: epoch 7"),
        FailureClassifier.Classify(new ExitStatus(null, 11), "epoch 7\n", false));

    [Fact]
    public void The_exit_code_by_which_a_shell_reports_a_signal_counts_as_the_signal() =>
        Assert.Equal(FailureCategory.Crash, FailureClassifier.Classify(new ExitStatus(139, null), "", false).Category);

    [Fact]
    public void A_kill_while_the_kernel_killed_for_memory_is_host_out_of_memory() =>
        Assert.Equal(FailureCategory.HostOutOfMemory, FailureClassifier.Classify(new ExitStatus(null, 9), "", true).Category);

    [Fact]
    public void Only_the_last_telling_line_is_quoted() => Assert.Equal("exit code 1: MemoryError: second",
        FailureClassifier.Classify(new ExitStatus(1, null), "MemoryError: first\nMemoryError: second\n", false).Message);

    [Fact]
    public void Long_lines_are_shortened_and_progress_bars_reduced_to_their_last_state()
    {
        Assert.Equal(301, LogTail.LastLine(new string('x', 1000))!.Length);
        Assert.Equal("99%", LogTail.LastLine("1%\r50%\r99%\n\n"));
    }
}
