namespace Experiments.Generators.Models;

/// <summary>What became of a step that must not fail for a record, and whose failure must not take the code of others with it.</summary>
/// <param name="Record">The record.</param>
/// <param name="Result">What was made; <see langword="null"/>: there is nothing to make.</param>
/// <param name="Failure">What went wrong; <see langword="null"/>: nothing.</param>
internal sealed record Attempt<T>(string Record, T? Result, string? Failure)
    where T : class
{
    public static Attempt<T> At(string record, Func<T?> make)
    {
        try
        {
            return new Attempt<T>(record, make(), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var place = exception.StackTrace?.Split('\n')[0].Trim();
            return new Attempt<T>(record, null, $"{exception.GetType().Name} `{exception.Message}` {place}".TrimEnd());
        }
    }
}
