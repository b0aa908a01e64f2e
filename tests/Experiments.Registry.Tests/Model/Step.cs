using System.Globalization;
using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests.Model;

/// <summary>One step of a history, as numbers: what they choose from (runs, leases, workers) is known only when the step is taken.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="A">First choice.</param>
/// <param name="B">Second choice.</param>
/// <param name="C">Third choice.</param>
/// <param name="Fault">What goes wrong.</param>
internal sealed record Step(StepKind Kind, int A, int B, int C, Fault Fault)
{
    /// <summary>A history.</summary>
    public static Step[] Generate(int seed, int length, bool faults)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => new Step(
            s_weighted[random.Next(s_weighted.Length)], random.Next(1 << 20), random.Next(1 << 20), random.Next(1 << 20),
            faults && random.Next(8) == 0 ? new Fault((FaultKind)random.Next(1, 5), random.Next(1, 25)) : default))];
    }

    private static readonly StepKind[] s_weighted =
    [
        .. Enumerable.Repeat(StepKind.Submit, 6), .. Enumerable.Repeat(StepKind.Claim, 8), .. Enumerable.Repeat(StepKind.End, 8), .. Enumerable.Repeat(StepKind.Publish, 5),
        .. Enumerable.Repeat(StepKind.Report, 3), StepKind.RecordProcess, .. Enumerable.Repeat(StepKind.Heartbeat, 2), .. Enumerable.Repeat(StepKind.Adopt, 2),
        .. Enumerable.Repeat(StepKind.Retry, 2), .. Enumerable.Repeat(StepKind.Cancel, 2), StepKind.Pause, StepKind.Limit, StepKind.Orphans, StepKind.EndWorker, StepKind.RegisterWorker,
        StepKind.ExpireLeases, .. Enumerable.Repeat(StepKind.Wait, 3), StepKind.ClockJump, .. Enumerable.Repeat(StepKind.Ask, 4), StepKind.Reopen,
    ];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"new(StepKind.{Kind}, {A}, {B}, {C}, {(Fault.Kind == FaultKind.None ? "default" : $"new(FaultKind.{Fault.Kind}, {Fault.Point})")})");
}

/// <summary>Kinds of steps.</summary>
internal enum StepKind
{
    Submit, Claim, End, Publish, Report, RecordProcess, Heartbeat, Adopt, Retry, Cancel, Pause, Limit, Orphans, EndWorker, RegisterWorker, ExpireLeases, Wait, ClockJump, Ask, Reopen,
}

/// <summary>What goes wrong in a step, at its nth point: before a statement, before or after the commit.</summary>
internal readonly record struct Fault(FaultKind Kind, int Point);

/// <summary>Kinds of faults.</summary>
internal enum FaultKind
{
    None, Crash, DiskFull, InputOutput, Corrupt,
}
