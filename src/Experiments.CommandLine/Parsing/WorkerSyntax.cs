using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary>The options that <c>run</c> and <c>worker</c> share: what a worker may use.</summary>
internal sealed partial class WorkerSyntax
{
    private readonly Option<IReadOnlyList<string>?> _gpus = Syntax.Parsed<IReadOnlyList<string>>("--gpus", "LIST",
        "GPUs to use: indexes (`0,1`), MIG instances (`0:1`), identifiers, or `none`. Default: CUDA_VISIBLE_DEVICES, else all", "GPU indices such as `0,1`, or `none`", ParseGpus);

    private readonly Option<Setting<int>?> _perGpu = Syntax.Number("--per-gpu", "Runs that may share a GPU, as far as its memory goes. Default: 1", max: 64);

    private readonly Option<bool> _share = Syntax.Flag("--share", "Use GPUs that other people's processes use, too, as far as their memory goes");

    private readonly Option<Setting<int>?> _slots = Syntax.Number("--slots", "Runs at a time on the CPU. Default: one per processor where there is no GPU", min: 0, max: 4096);

    private readonly Option<Setting<TimeSpan>?> _grace = Syntax.Time("--grace", "Time a run gets to save its state when it must stop. Default: 30s");

    private readonly Option<Setting<TimeSpan>?> _telemetry = Syntax.Parsed<Setting<TimeSpan>>("--telemetry", "TIME",
        "How often energy, memory and utilisation are measured. Default: 5s; 0: never", "a duration such as `5s`, or `0`",
        text => text == "0" ? new(TimeSpan.Zero) : Core.Duration.TryParse(text, out var interval) ? new(interval) : null);

    private readonly Option<Setting<double>?> _gridFactor = Syntax.Parsed<Setting<double>>("--grid-factor", "KG",
        "kg of CO2e that a kWh emits. Default: EXP_GRID_FACTOR, else 0.473, the world's average", "kg of CO2e per kWh, 0 to 10",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is >= 0 and <= 10 ? new(factor) : null);

    private readonly Option<Setting<double>?> _minFreeDisk = Gibibytes("--min-free-disk", "Start nothing while less is free on the disk of the results. Default: 1, or 5 % of a small disk");

    private readonly Option<Setting<double>?> _minFreeMemory = Gibibytes("--min-free-memory", "Start nothing while less memory is available. Default: 0.5, or 5 % of a small memory");

    public void AddTo(Command command)
    {
        command.Add(_gpus);
        command.Add(_perGpu);
        command.Add(_share);
        command.Add(_slots);
        command.Add(_grace);
        command.Add(_telemetry);
        command.Add(_gridFactor);
        command.Add(_minFreeDisk);
        command.Add(_minFreeMemory);
    }

    public WorkerOptions Read(ParseResult parsed)
    {
        var options = new WorkerOptions
        {
            Gpus = parsed.GetValue(_gpus),
            Slots = parsed.GetValue(_slots)?.Value,
            ShareGpus = parsed.GetValue(_share),
            GridFactor = parsed.GetValue(_gridFactor)?.Value,
            MinFreeDiskGiB = parsed.GetValue(_minFreeDisk)?.Value,
            MinFreeMemoryGiB = parsed.GetValue(_minFreeMemory)?.Value,
        };
        if (parsed.GetValue(_perGpu) is { Value: var perGpu })
            options = options with { PerGpu = perGpu };
        if (parsed.GetValue(_grace) is { Value: var grace })
            options = options with { Grace = grace };
        if (parsed.GetValue(_telemetry) is { Value: var telemetry })
            options = options with { Telemetry = telemetry };
        return options;
    }

    private static Option<Setting<double>?> Gibibytes(string name, string description) => Syntax.Parsed<Setting<double>>(name, "GIB", description, "a number of GiB, 0 or more",
        text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var gibibytes) ? new(gibibytes) : null);

    private static IReadOnlyList<string>? ParseGpus(string text)
    {
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return [];
        var gpus = text.Split(',', StringSplitOptions.TrimEntries);
        return gpus.Distinct().Count() == gpus.Length && gpus.All(g => Gpu().IsMatch(g)) ? gpus : null;
    }

    [GeneratedRegex(@"^(\d{1,4}(:\d{1,4})?|(GPU|MIG)-[0-9A-Za-z/-]+)$")]
    private static partial Regex Gpu();
}
