using Experiments.Core;
using Xunit;

namespace Experiments.Core.Tests;

public sealed class SpacingSpecs
{
    [Fact]
    public void Stable_logarithms_and_exponentials_are_right()
    {
        foreach (var x in new[] { double.Epsilon, 1e-300, 1e-6, 0.1, 0.5, 0.70710678, 1, 1.41421357, 2, Math.E, 10, 12345.678, 1e300, double.MaxValue })
        {
            AssertNear(Math.Log(x), StableMath.Log(x));
            if (Math.Abs(Math.Log(x)) < 700)
                AssertNear(x, StableMath.Exp(Math.Log(x)), 1e-12);
        }
    }

    [Theory]
    [InlineData(1e-5, 1.0)]
    [InlineData(1e-12, 1e12)]
    [InlineData(1024, 1)]
    public void Powers_of_ten_and_two_are_round(double from, double to)
    {
        var decades = (int)Math.Round(Math.Abs(Math.Log(to / from, from == 1024 ? 2 : 10)));
        for (var i = 0; i <= decades; i++)
        {
            var expected = from == 1024 ? 1024 / Math.Pow(2, i) : double.Parse($"1e{(int)Math.Round(Math.Log10(from)) + i}", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(expected, Spacing.Logarithmic(from, to, decades + 1, i));
        }
    }

    [Fact]
    public void Linear_steps_have_no_noise()
    {
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], Enumerable.Range(0, 11).Select(i => Spacing.Linear(0, 1, 11, i)));
        Assert.Equal([-1, -0.5, 0, 0.5, 1], Enumerable.Range(0, 5).Select(i => Spacing.Linear(-1, 1, 5, i)));
    }

    [Theory]
    [InlineData(0, 1, 0.1, 11)]
    [InlineData(1, 0, -0.25, 5)]
    [InlineData(5, 5, 1, 1)]
    [InlineData(0, 1, 0.3, 0)]
    [InlineData(0, 1, -0.1, 0)]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0, 1, double.NaN, 0)]
    [InlineData(0, 1e30, 1, 0)]
    public void Steps_are_counted_with_both_ends(double from, double to, double step, int count) => Assert.Equal(count, Spacing.StepCount(from, to, step));

    [Fact]
    public void Random_axes_do_not_change_between_versions()
    {
        // Golden values: published sweeps are named after them.
        var axis = new RandomAxis(42, "learning_rate", 1e-5, 1e-1);
        Assert.Equal([0.0340514, 0.0791283, 0.0658139, 0.0130785], Enumerable.Range(0, 4).Select(i => Math.Round(axis.Uniform(i), 7)));
    }

    [Fact]
    public void Random_axes_are_spread_evenly()
    {
        const int Samples = 20_000;
        var axis = new RandomAxis(1, "x", 1, 1000);
        var linear = Enumerable.Range(0, Samples).Select(axis.Uniform).ToList();
        var logarithmic = Enumerable.Range(0, Samples).Select(axis.LogUniform).ToList();
        var integers = Enumerable.Range(0, Samples).Select(new RandomAxis(1, "n", 1, 4).UniformInteger).ToList();
        Assert.All(linear.Concat(logarithmic), x => Assert.InRange(x, 1, 1000));
        for (var decile = 0; decile < 10; decile++)
        {
            Assert.InRange(linear.Count(x => (int)((x - 1) / 99.9) == decile), Samples / 10 - 200, Samples / 10 + 200);
            Assert.InRange(logarithmic.Count(x => (int)(Math.Log10(x) / 0.3) == decile), Samples / 10 - 200, Samples / 10 + 200);
        }

        Assert.All(integers.GroupBy(n => n), n => Assert.InRange(n.Count(), Samples / 4 - 300, Samples / 4 + 300));
        Assert.Equal([1, 2, 3, 4], integers.Distinct().Order());
        Assert.NotEqual(linear, Enumerable.Range(0, Samples).Select(new RandomAxis(1, "y", 1, 1000).Uniform));
        Assert.NotEqual(linear, Enumerable.Range(0, Samples).Select(new RandomAxis(2, "x", 1, 1000).Uniform));
    }

    private static void AssertNear(double expected, double actual, double tolerance = 1e-14) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"expected {expected:R}, got {actual:R}");
}
