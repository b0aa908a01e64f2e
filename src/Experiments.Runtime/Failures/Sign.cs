using System.Buffers;
using System.Text.RegularExpressions;

namespace Experiments.Runtime.Failures;

/// <summary>How much a line says about why a process ended.</summary>
internal enum Weight
{
    /// <summary>What a process ends with, whatever the others do.</summary>
    Cause,

    /// <summary>What a process also ends with when something else broke first: it yields to any cause before it.</summary>
    Consequence,

    /// <summary>That a process ended, without saying why: it yields to everything else.</summary>
    Report,
}

/// <summary>A kind of line by which a failure is known.</summary>
/// <param name="category">What the failure is then.</param>
/// <param name="weight">How much the line says.</param>
/// <param name="recognises">What it finds, as the documentation says it.</param>
/// <param name="phrases">It fits lines that contain one of these,</param>
/// <param name="patterns">or in which one of these is found.</param>
internal sealed class Sign(FailureCategory category, Weight weight, string recognises, string[] phrases, string[] patterns)
{
    // Phrases are searched for all at once, and patterns are few: a log is read in milliseconds.
    private readonly SearchValues<string> _phrases = SearchValues.Create(phrases, StringComparison.Ordinal);
    private readonly Regex[] _patterns = [.. patterns.Select(Expressions.Bounded)];

    public FailureCategory Category { get; } = category;

    public Weight Weight { get; } = weight;

    public string Recognises { get; } = recognises;

    public bool Fits(string line) => line.AsSpan().ContainsAny(_phrases) || Array.Exists(_patterns, pattern => pattern.Has(line));
}
