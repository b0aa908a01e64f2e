namespace Experiments.Generators.Models;

/// <summary>What an assembly has besides its experiments.</summary>
/// <param name="NeedsEntryPoint">Whether it is a program without an entry point, and the command line is referenced.</param>
/// <param name="HasLab">Whether scripts and programs can run sweeps in code.</param>
internal sealed record ProgramModel(bool NeedsEntryPoint, bool HasLab);
