using System.Globalization;

namespace Experiments.Core;

/// <summary>
/// The numbers of spaced axes. The same on every machine and version: only additions, multiplications and divisions, which IEEE 754
/// defines to the last bit, then rounded to <see cref="Digits"/> significant digits, so that ids read <c>0.3</c> and not <c>0.30000000000000004</c>.
/// </summary>
/// <remarks>This file is also compiled into the generator, which cannot reference this assembly.</remarks>
public static class Spacing
{
    /// <summary>Significant digits of every value.</summary>
    public const int Digits = 12;

    /// <summary>Value <paramref name="index"/> of <paramref name="count"/> evenly spaced numbers.</summary>
    public static double Linear(double from, double to, int count, int index)
    {
        if (index == 0)
            return from;
        return index == count - 1 ? to : Round(from + (to - from) * index / (count - 1));
    }

    /// <summary>Value <paramref name="index"/> of <paramref name="count"/> numbers evenly spaced on a logarithmic scale.</summary>
    public static double Logarithmic(double from, double to, int count, int index)
    {
        if (index == 0)
            return from;
        return index == count - 1 ? to : Round(StableMath.Between(from, to, (double)index / (count - 1)));
    }

    /// <summary>Value <paramref name="index"/> of numbers a fixed step apart.</summary>
    public static double Stepped(double from, double step, int index) => index == 0 ? from : Round(from + step * index);

    /// <summary>How many numbers a fixed step apart lie from one bound to the other, both included; 0 when they are not a whole number of steps apart.</summary>
    public static int StepCount(double from, double to, double step)
    {
        if (!(step > 0 || step < 0))
            return 0;
        var steps = (to - from) / step;
        var whole = Math.Round(steps);
        return whole >= 0 && whole < int.MaxValue && Math.Abs(steps - whole) <= 1e-9 * Math.Max(1, whole) ? (int)whole + 1 : 0;
    }

    /// <summary>Rounds to <see cref="Digits"/> significant digits.</summary>
    public static double Round(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}
