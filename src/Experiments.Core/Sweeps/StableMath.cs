namespace Experiments.Core;

/// <summary>Logarithm and exponential that give the same bits everywhere, which the platform's own do not promise. Relative error below 1e-14.</summary>
/// <remarks>This file is also compiled into the generator, which cannot reference this assembly.</remarks>
internal static class StableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>The number a fraction of the way from one bound to the other on a logarithmic scale. Both are above 0.</summary>
    public static double Between(double from, double to, double fraction) => from * Exp(fraction * Log(to / from));

    /// <summary>Natural logarithm of a positive, finite number.</summary>
    public static double Log(double x)
    {
        var exponent = 0;
        while (x > 1.4142135623730951)
        {
            x /= 2;
            exponent++;
        }

        while (x < 0.70710678118654757)
        {
            x *= 2;
            exponent--;
        }

        // log x = 2 artanh s with |s| ≤ 0.1716: the series gains 1.5 digits a term.
        var s = (x - 1) / (x + 1);
        var square = s * s;
        var sum = 0.0;
        for (var k = 23; k >= 1; k -= 2)
            sum = sum * square + 1.0 / k;
        return exponent * Ln2High + (2 * s * sum + exponent * Ln2Low);
    }

    /// <summary>Exponential of a number of magnitude below 700.</summary>
    public static double Exp(double x)
    {
        var halvings = (int)Math.Round(x / (Ln2High + Ln2Low));
        var rest = x - halvings * Ln2High - halvings * Ln2Low;
        var sum = 1.0;
        for (var k = 20; k >= 1; k--)
            sum = 1 + rest * sum / k;
        for (; halvings > 0; halvings--)
            sum *= 2;
        for (; halvings < 0; halvings++)
            sum /= 2;
        return sum;
    }
}
