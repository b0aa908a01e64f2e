namespace Experiments.Benchmarks.Runs;

/// <summary>One way to execute <c>/bin/true</c> many times.</summary>
/// <param name="Name">How the table calls it.</param>
/// <param name="Runs">How many a round; few for the slow ones.</param>
/// <param name="Script">Shell script that executes them all, in an empty directory of its own.</param>
/// <param name="Keeps">What is left of every run when the script has ended.</param>
/// <param name="Probe">Shell command that succeeds where it is installed.</param>
/// <param name="Installation">How to install it.</param>
internal sealed record Contender(string Name, int Runs, string Script, string Keeps, string Probe = "true", string Installation = "");
