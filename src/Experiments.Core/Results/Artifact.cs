namespace Experiments;

/// <summary>A named file that a run left.</summary>
/// <param name="Path">Absolute path of the file; empty when the run left none.</param>
public readonly record struct Artifact(string Path)
{
    /// <summary>Whether the file is there.</summary>
    public bool Exists => Path is { Length: > 0 } && File.Exists(Path);

    /// <summary>The path.</summary>
    public override string ToString() => Path ?? "";
}
