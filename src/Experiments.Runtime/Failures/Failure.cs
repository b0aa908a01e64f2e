namespace Experiments.Runtime.Failures;

/// <summary>Why an attempt failed.</summary>
/// <param name="Category">The category.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Action">What a rule of the user says becomes of the run; <see langword="null"/>: what the category says.</param>
internal sealed record Failure(FailureCategory Category, string Message, FailureAction? Action = null)
{
    /// <summary>One line for people.</summary>
    public string Message { get; } = PlainText.OneLine(Message);
}
