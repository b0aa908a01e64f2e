using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Three stages in Python, linked by typed inputs. Needs the distribution's Python with numpy, which <c>tests/run</c> installs.</summary>
public sealed class DigitsPythonSpecs : IDisposable
{
    private readonly Workspace _workspace = new("experiments/DigitsPython") { Environment = { ["EXP_PYTHON"] = "/usr/bin/python3" } };

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_sweep_of_evaluations_brings_the_stages_they_need_and_distillation_helps_the_student()
    {
        var plan = (await _workspace.JsonAsync("plan", "Distillation")).GetProperty("runs").EnumerateArray().Select(Id).ToList();
        Assert.Equal(
            (string[])[.. Stages("optdigits"), .. Stages("optdigits_few")],
            plan.Order(StringComparer.Ordinal));
        Assert.True(plan.IndexOf("optdigits/teacher_train") < plan.IndexOf("optdigits/student_train_kd"), "expected a teacher to be planned before its student");

        (await _workspace.RunAsync("run", "Distillation", "--slots", "2")).Exits(0);

        var board = (await _workspace.JsonAsync("leaderboard", "Distillation", "--metric", "test_accuracy")).EnumerateArray().ToDictionary(Id, Accuracy);
        Assert.Equal(6, board.Count);
        Assert.True(board["optdigits/teacher_evaluate"] > 0.96);
        foreach (var dataset in (string[])["optdigits", "optdigits_few"])
            Assert.True(board[$"{dataset}/student_evaluate_kd"] > board[$"{dataset}/student_evaluate"] + 0.01, $"expected distillation to help on {dataset}");

        Assert.Equal(301, File.ReadLines(_workspace.RunFile("optdigits/student_evaluate_kd", "predictions.csv")).Count());
        Assert.Contains("16 runs done already, skipped", (await _workspace.RunAsync("run", "Distillation")).Exits(0).Output);
    }

    [Fact]
    public async Task One_run_brings_only_what_it_needs()
    {
        var plan = await _workspace.JsonAsync("plan", "Train", "--dataset", "optdigits", "--size", "student", "--distilled");
        Assert.Equal(
            ["optdigits/student_pretrain", "optdigits/student_train_kd", "optdigits/teacher_pretrain", "optdigits/teacher_train"],
            plan.GetProperty("runs").EnumerateArray().Select(Id).Order(StringComparer.Ordinal));
    }

    private static string[] Stages(string dataset) =>
    [
        $"{dataset}/student_evaluate", $"{dataset}/student_evaluate_kd", $"{dataset}/student_pretrain", $"{dataset}/student_train", $"{dataset}/student_train_kd",
        $"{dataset}/teacher_evaluate", $"{dataset}/teacher_pretrain", $"{dataset}/teacher_train",
    ];

    private static string Id(JsonElement run) => run.GetProperty("id").GetString()!;

    private static double Accuracy(JsonElement run) => run.GetProperty("metrics").GetProperty("test_accuracy").GetDouble();
}
