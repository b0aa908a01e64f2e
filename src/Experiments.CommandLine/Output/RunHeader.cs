using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>How <c>run</c> begins: <c>LearningRates: 27 runs, 12 runs done already, skipped, 15 to do</c>.</summary>
internal static class RunHeader
{
    public static string Of(Plan plan, SubmitReport submitted)
    {
        var parts = new List<string>();
        if (submitted.Done.Count > 0)
            parts.Add($"{Words.Count(submitted.Done.Count, "run")} done already, skipped");
        if (submitted.Left.Count > 0)
            parts.Add($"{Words.Number(submitted.Left.Count)} failed or cancelled, left");
        var toDo = submitted.Added.Count + submitted.Requeued.Count + submitted.Waiting.Count;
        if (toDo > 0)
            parts.Add(parts.Count == 0 ? Words.Count(toDo, "run") : $"{Words.Number(toDo)} to do");
        return $"{plan.Target}: {string.Join("; ", parts)}";
    }
}
