using System.CommandLine;
using System.Globalization;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary>The options that <c>run</c> and <c>worker</c> share: what a worker may use.</summary>
internal sealed class WorkerSyntax
{
    private readonly Option<IReadOnlyList<int>?> _gpus = Syntax.Parsed<IReadOnlyList<int>>("--gpus", "LIST",
        "GPUs to use, by index: `0,1`, or `none`. Default: CUDA_VISIBLE_DEVICES, else all", "GPU indices such as `0,1`, or `none`", ParseGpus);

    private readonly Option<Setting<int>?> _perGpu = Syntax.Number("--per-gpu", "Runs that may share a GPU. Default: 1", max: 64);

    private readonly Option<Setting<int>?> _slots = Syntax.Number("--slots", "Runs at a time on the CPU. Default: one per processor where there is no GPU", min: 0, max: 4096);

    private readonly Option<Setting<TimeSpan>?> _grace = Syntax.Time("--grace", "Time a run gets to save its state when it must stop. Default: 30s");

    public void AddTo(Command command)
    {
        command.Add(_gpus);
        command.Add(_perGpu);
        command.Add(_slots);
        command.Add(_grace);
    }

    public WorkerOptions Read(ParseResult parsed)
    {
        var options = new WorkerOptions { Gpus = parsed.GetValue(_gpus), Slots = parsed.GetValue(_slots)?.Value };
        if (parsed.GetValue(_perGpu) is { Value: var perGpu })
            options = options with { PerGpu = perGpu };
        if (parsed.GetValue(_grace) is { Value: var grace })
            options = options with { Grace = grace };
        return options;
    }

    private static IReadOnlyList<int>? ParseGpus(string text)
    {
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return [];
        var indices = new List<int>();
        foreach (var word in text.Split(','))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || indices.Contains(index))
                return null;
            indices.Add(index);
        }

        return indices;
    }
}
