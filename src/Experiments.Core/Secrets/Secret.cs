using System.Diagnostics.CodeAnalysis;
using Experiments.Core;

namespace Experiments;

/// <summary>
/// Where a secret is, never the secret: a configuration value that names an environment variable or a file. The value is read when an attempt
/// starts and by <see cref="Reveal"/>. It is no part of a run's identity, and nothing that Experiments writes holds it.
/// </summary>
public readonly struct Secret : IEquatable<Secret>
{
    internal const string EnvironmentPrefix = "env:", FilePrefix = "file:";

    private readonly string? _reference;

    private Secret(string reference) => _reference = reference;

    /// <summary>Whether it refers to nothing, as <c>default(Secret)</c> does; such a configuration is not valid.</summary>
    public bool IsEmpty => _reference is null;

    /// <summary>The environment variable that holds the value; <see langword="null"/> when it is elsewhere.</summary>
    public string? Variable => After(EnvironmentPrefix);

    /// <summary>The file that holds the value, as given; <see langword="null"/> when it is elsewhere.</summary>
    public string? File => After(FilePrefix);

    /// <summary>A secret in an environment variable.</summary>
    /// <param name="variable">The variable's name: letters, digits and <c>_</c>, no digit first.</param>
    /// <exception cref="ExperimentsException">EXP8301: that is no name of a variable. The message does not repeat it: it may be the secret itself.</exception>
    public static Secret FromEnvironment(string variable) => IsVariable(variable) ? new Secret(EnvironmentPrefix + variable) : throw Malformed("the name of an environment variable");

    /// <summary>A secret in a file; line ends at its end do not count.</summary>
    /// <param name="path">The file's path; <c>~/</c> is the home directory, anything relative is below the working directory of the run.</param>
    /// <exception cref="ExperimentsException">EXP8301: the path is empty or has a line end.</exception>
    public static Secret FromFile(string path) => IsPath(path) ? new Secret(FilePrefix + path) : throw Malformed("the path of a file");

    /// <summary>Reads a reference: <c>env:HF_TOKEN</c> or <c>file:~/.token</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? reference, out Secret secret)
    {
        var isReference = reference is not null
            && ((reference.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && IsVariable(reference[EnvironmentPrefix.Length..]))
                || (reference.StartsWith(FilePrefix, StringComparison.Ordinal) && IsPath(reference[FilePrefix.Length..])));
        secret = isReference ? new Secret(reference!) : default;
        return isReference;
    }

    /// <summary>Reads the value, now. Give it to what needs it, and to nothing that writes.</summary>
    /// <exception cref="ExperimentsException">EXP8300: the variable or file is missing, empty or unreadable.</exception>
    public string Reveal() => SecretValue.Read(this, Environment.CurrentDirectory);

    /// <summary>The reference, never the value: <c>env:HF_TOKEN</c>.</summary>
    public override string ToString() => _reference ?? "";

    /// <summary>Whether both refer to the same place.</summary>
    public bool Equals(Secret other) => _reference == other._reference;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Secret other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether both refer to the same place.</summary>
    public static bool operator ==(Secret left, Secret right) => left.Equals(right);

    /// <summary>Whether they refer to different places.</summary>
    public static bool operator !=(Secret left, Secret right) => !left.Equals(right);

    private string? After(string prefix) => _reference is { } reference && reference.StartsWith(prefix, StringComparison.Ordinal) ? reference[prefix.Length..] : null;

    private static bool IsVariable(string name) =>
        name is { Length: > 0 } && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsPath(string path) => path is { Length: > 0 } && !path.AsSpan().ContainsAny('\0', '\n', '\r');

    private static ExperimentsException Malformed(string expected) => new("EXP8301", $"expected {expected}, got something else (not shown: it may be a secret)",
        "a `Secret` says where the value is, not what it is: put the value into a variable or a file and name that");
}
