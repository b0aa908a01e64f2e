namespace Experiments.Core;

public static partial class Duration
{
    /// <summary>Reads a duration.</summary>
    /// <param name="text">The duration.</param>
    /// <param name="what">What it is, for the message: <c>the timeout of `train`</c>.</param>
    /// <exception cref="ExperimentsException">EXP8010: the text is no duration.</exception>
    public static TimeSpan Parse(string text, string what) => TryParse(text, out var duration)
        ? duration
        : throw new ExperimentsException("EXP8010", $"expected {what} to be a duration, got `{text}`", "write it like `90s`, `30m`, `12h` or `2d`");
}
