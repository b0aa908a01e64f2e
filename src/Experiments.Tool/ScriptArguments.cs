namespace Experiments.Tool;

/// <summary>A command line that names a script: <c>exp sweep.csx …</c>, which is also how <c>#!/usr/bin/env exp</c> arrives, or <c>exp run sweep.csx …</c>.</summary>
/// <param name="Path">The script.</param>
/// <param name="Key">What it was compiled to, when a worker starts an attempt of a run that the script declared.</param>
/// <param name="Verb">The command before it; <see langword="null"/>: none.</param>
/// <param name="Before">Words before the script, the command among them.</param>
/// <param name="After">Words behind it.</param>
internal sealed record ScriptArguments(string Path, ContentHash? Key, string? Verb, IReadOnlyList<string> Before, IReadOnlyList<string> After)
{
    /// <summary>The hidden first word of attempts: the key and the script follow.</summary>
    public const string AttemptWord = "__script";

    private const string Debug = "--debug";

    /// <summary>Commands that plan what a script declares.</summary>
    private static readonly string[] Verbs = ["plan", "run", "submit"];

    /// <summary>Whether the script's name came first, so that the words behind it are all its own.</summary>
    public bool IsDirect => Verb is null;

    public bool WantsDebug => Before.Contains(Debug);

    /// <summary>Finds the script of a command line; <see langword="null"/>: it names none.</summary>
    public static ScriptArguments? Find(string[] args)
    {
        if (args is [AttemptWord, var key, var path, .. var rest] && ContentHash.TryParse(key, out var hash))
            return new(path, hash, null, [], rest);
        var place = Array.FindIndex(args, a => a.EndsWith(CommandLine.ScriptTarget.Extension, StringComparison.OrdinalIgnoreCase));
        // A script whose name ends otherwise, or in nothing: an executable file that begins with `#!`.
        if (place < 0 && args is [var first, ..] && !first.StartsWith('-') && first.Contains('/') && File.Exists(first))
            place = 0;
        if (place < 0)
            return null;
        var before = args[..place];
        var verb = before.FirstOrDefault(word => Verbs.Contains(word));
        return verb is not null || before.All(word => word == Debug) ? new(args[place], null, verb, before, args[(place + 1)..]) : null;
    }
}
