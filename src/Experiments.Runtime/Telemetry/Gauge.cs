using Experiments.Registry;
using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Telemetry;

/// <summary>What one attempt has used. The sampler adds to it; its attempt takes the values out and records them.</summary>
internal sealed class Gauge
{
    /// <summary>Series get sparser as an attempt gets older: a value at most each hundredth of its age, so that a week takes no more room than an afternoon.</summary>
    private const double SparsePart = 0.01;

    private const double JoulesPerKwh = 3.6e6;
    private const double GiB = 1024.0 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly TimeSpan _interval;
    private readonly double _gridFactor;
    private readonly IReadOnlyDictionary<string, double> _before;
    private readonly List<MetricPoint> _points = [];
    private readonly Dictionary<int, GpuTotals> _gpus;
    private TimeSpan _age;
    private TimeSpan _recordedAt = TimeSpan.MinValue;
    private double _cpuJoules;
    private double? _cpuPercent;
    private double _memory;
    private double _memoryPeak;
    private double _read;
    private double _written;
    private bool _hasCpuEnergy;
    private bool _isEstimated;

    /// <summary>Creates a gauge.</summary>
    /// <param name="process">The attempt's process.</param>
    /// <param name="gpus">The GPUs it computes on, by position in the pool.</param>
    /// <param name="interval">How often values are taken.</param>
    /// <param name="gridFactor">kg of CO₂ equivalents a kWh.</param>
    /// <param name="before">What an earlier worker measured of the same attempt.</param>
    public Gauge(int process, IReadOnlyList<int> gpus, TimeSpan interval, double gridFactor, IReadOnlyDictionary<string, double>? before = null)
    {
        Process = process;
        Gpus = gpus;
        _interval = interval;
        _gridFactor = gridFactor;
        IsAdopted = before is not null;
        _before = before ?? new Dictionary<string, double>();
        _gpus = gpus.ToDictionary(g => g, _ => new GpuTotals());
    }

    /// <summary>The attempt's process.</summary>
    public int Process { get; }

    /// <summary>The GPUs it computes on, by position in the pool.</summary>
    public IReadOnlyList<int> Gpus { get; }

    /// <summary>Whether it began under another worker.</summary>
    public bool IsAdopted { get; }

    /// <summary>Its processes when last looked at.</summary>
    public IReadOnlySet<int> Pids { get; private set; } = new HashSet<int>();

    /// <summary>Processor time when last looked at, in seconds; <see langword="null"/>: not yet.</summary>
    public double? CpuSeconds { get; private set; }

    /// <summary>Whether anything was measured.</summary>
    public bool HasValues => CpuSeconds is not null || _gpus.Values.Any(g => g.Joules is not null);

    /// <summary>Adds what a GPU did for it.</summary>
    /// <param name="gpu">Which, by position in the pool.</param>
    /// <param name="share">What it did.</param>
    public void Add(int gpu, GpuShare share)
    {
        lock (_lock)
        {
            _gpus[gpu].Add(share);
            _isEstimated |= share.IsEstimated && share.Joules > 0;
        }
    }

    /// <summary>Adds what its processes did.</summary>
    /// <param name="usage">What they used since they began.</param>
    /// <param name="elapsed">Time since the last look.</param>
    /// <param name="cpuJoules">Its part of the processors' energy since then; <see langword="null"/>: not metered.</param>
    public void Add(ProcessUsage usage, TimeSpan elapsed, double? cpuJoules)
    {
        lock (_lock)
        {
            if (CpuSeconds is { } before && elapsed > TimeSpan.Zero)
                _cpuPercent = Math.Max(0, usage.CpuSeconds - before) / elapsed.TotalSeconds * 100;
            CpuSeconds = usage.CpuSeconds;
            Pids = usage.Pids;
            _memory = usage.ResidentBytes / GiB;
            _memoryPeak = Math.Max(_memoryPeak, _memory);
            // A child that nobody waited for takes its figures along.
            _read = Math.Max(_read, usage.ReadBytes / GiB);
            _written = Math.Max(_written, usage.WrittenBytes / GiB);
            _cpuJoules += cpuJoules ?? 0;
            _hasCpuEnergy |= cpuJoules is not null;
        }
    }

    /// <summary>Puts the present values into the series, unless the last are too young.</summary>
    /// <param name="age">The attempt's age.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="ended">Whether these are the last ones.</param>
    public void Note(TimeSpan age, DateTimeOffset now, bool ended)
    {
        lock (_lock)
        {
            _age = age;
            var spacing = age * SparsePart;
            if (!HasValues || (!ended && _recordedAt != TimeSpan.MinValue && age - _recordedAt < (spacing > _interval ? spacing : _interval * 0.9)))
                return;
            _recordedAt = age;
            foreach (var (name, value) in Values(ended))
                _points.Add(new MetricPoint(name, null, value, now));
        }
    }

    /// <summary>Takes out what is to be recorded.</summary>
    public IReadOnlyList<MetricPoint> Take()
    {
        lock (_lock)
        {
            if (_points.Count == 0)
                return [];
            MetricPoint[] points = [.. _points];
            _points.Clear();
            return points;
        }
    }

    /// <summary>The attempt's totals for <c>run.json</c>; <see langword="null"/> when nothing was measured.</summary>
    /// <param name="label">What people call a GPU.</param>
    public SystemSummary? Summarize(Func<int, string> label)
    {
        lock (_lock)
        {
            if (!HasValues)
                return null;
            return new SystemSummary(
                _age,
                Values(ended: true).Where(v => v.Name is not (SystemMetrics.GpuUtilization or SystemMetrics.GpuEnergyIsEstimated)).ToDictionary(v => v.Name[SystemMetrics.Prefix.Length..], v => v.Value),
                _isEstimated,
                _gridFactor,
                [.. Gpus.Select(g => (label(g), _gpus[g]))]);
        }
    }

    private List<(string Name, double Value)> Values(bool ended)
    {
        var values = new List<(string, double)>();
        var energy = 0.0;
        if (_gpus.Values.Any(g => g.Joules is not null))
            values.Add((SystemMetrics.GpuEnergy, Sum(ref energy, SystemMetrics.GpuEnergy, _gpus.Values.Sum(g => g.Joules ?? 0))));
        if (_gpus.Values.Any(g => g.Joules is not null))
            values.Add((SystemMetrics.GpuEnergyIsEstimated, _isEstimated ? 1 : _before.GetValueOrDefault(SystemMetrics.GpuEnergyIsEstimated)));
        if (_hasCpuEnergy)
            values.Add((SystemMetrics.CpuEnergy, Sum(ref energy, SystemMetrics.CpuEnergy, _cpuJoules)));
        if (values.Count > 0)
        {
            values.Add((SystemMetrics.Energy, energy));
            values.Add((SystemMetrics.Emissions, energy * _gridFactor));
        }

        var gpus = _gpus.Values.ToList();
        if (gpus.Exists(g => g.Utilization is not null))
            values.Add((SystemMetrics.GpuUtilization, gpus.Average(g => (ended ? g.MeanUtilization : g.Utilization) ?? 0)));
        if (gpus.Exists(g => g.MemoryPeakGiB > 0))
            values.Add((SystemMetrics.GpuMemoryPeak, Peak(SystemMetrics.GpuMemoryPeak, gpus.Max(g => g.MemoryPeakGiB))));
        if (CpuSeconds is not null)
        {
            values.Add((SystemMetrics.HostMemoryPeak, Peak(SystemMetrics.HostMemoryPeak, _memoryPeak)));
            values.Add((SystemMetrics.Read, Peak(SystemMetrics.Read, _read)));
            values.Add((SystemMetrics.Written, Peak(SystemMetrics.Written, _written)));
        }

        if (ended)
            return values;
        if (gpus.Exists(g => g.Watts is not null))
            values.Add((SystemMetrics.GpuPower, gpus.Sum(g => g.Watts ?? 0)));
        if (gpus.Exists(g => g.MemoryPeakGiB > 0))
            values.Add((SystemMetrics.GpuMemory, gpus.Max(g => g.MemoryGiB)));
        if (CpuSeconds is not null)
        {
            // Before there are two looks to compare: since the attempt began, unless another worker saw that.
            if ((_cpuPercent ?? (_before.Count == 0 && _age > TimeSpan.Zero ? CpuSeconds / _age.TotalSeconds * 100 : null)) is { } percent)
                values.Add((SystemMetrics.Cpu, percent));
            values.Add((SystemMetrics.HostMemory, _memory));
        }

        return values;

        double Peak(string name, double value) => Math.Max(value, _before.GetValueOrDefault(name));

        double Sum(ref double sum, string name, double joules)
        {
            var kwh = joules / JoulesPerKwh + _before.GetValueOrDefault(name);
            sum += kwh;
            return kwh;
        }
    }
}
