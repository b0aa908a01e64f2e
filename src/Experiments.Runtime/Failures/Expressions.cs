using System.Text.RegularExpressions;

namespace Experiments.Runtime.Failures;

/// <summary>Regular expressions for text that nobody vouches for.</summary>
internal static class Expressions
{
    /// <summary>One that gives up after a second.</summary>
    public static Regex Bounded(string expression) => new(expression, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Whether it is found; text that takes too long has nothing.</summary>
    public static bool Has(this Regex expression, string text)
    {
        try
        {
            return expression.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
