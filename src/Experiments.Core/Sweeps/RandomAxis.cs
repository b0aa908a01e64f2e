using System.ComponentModel;
using System.Text;

namespace Experiments.Core;

/// <summary>
/// The numbers of a random axis. Sample <c>i</c> depends only on the sweep's seed, the axis's name and <c>i</c>: SplitMix64's finaliser over a counter, so
/// that it is the same on every machine and version, more samples keep the first ones, and another axis changes nothing.
/// </summary>
/// <remarks>Documented in <c>docs/decisions/0009-random-axes.md</c>; a change of these numbers would change the ids of published sweeps.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RandomAxis
{
    private const ulong Golden = 0x9e3779b97f4a7c15;

    private readonly ulong _stream;
    private readonly double _from;
    private readonly double _to;

    /// <summary>An axis.</summary>
    /// <param name="seed">Seed of the sweep.</param>
    /// <param name="name">Path of the property outside C#: <c>optimizer.weight_decay</c>.</param>
    /// <param name="from">Lower bound.</param>
    /// <param name="to">Upper bound.</param>
    public RandomAxis(int seed, string name, double from, double to)
    {
        Murmur3.Hash128(Encoding.UTF8.GetBytes(name), out var stream, out _);
        _stream = Mix(stream + Golden * (ulong)(long)seed);
        _from = from;
        _to = to;
    }

    /// <summary>Uniform from the lower bound to below the upper, rounded to <see cref="Spacing.Digits"/> significant digits.</summary>
    public double Uniform(int sample) => Within(_from + (_to - _from) * Unit(sample));

    /// <summary>Uniform on a logarithmic scale, rounded likewise.</summary>
    public double LogUniform(int sample) => Within(StableMath.Between(_from, _to, Unit(sample)));

    /// <summary>Uniform among the integers from bound to bound, both included.</summary>
    public double UniformInteger(int sample) => Math.Min(_to, Math.Floor(_from + (_to - _from + 1) * Unit(sample)));

    /// <summary>The integer below a number that is uniform on a logarithmic scale up to the upper bound plus one.</summary>
    public double LogUniformInteger(int sample) => Math.Clamp(Math.Floor(StableMath.Between(_from, _to + 1, Unit(sample))), _from, _to);

    private double Within(double value) => Math.Clamp(Spacing.Round(value), _from, _to);

    /// <summary>A number from 0 to below 1 with 53 random bits.</summary>
    private double Unit(int sample) => (Mix(_stream + Golden * ((ulong)sample + 1)) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
        z = (z ^ z >> 27) * 0x94d049bb133111eb;
        return z ^ z >> 31;
    }
}
