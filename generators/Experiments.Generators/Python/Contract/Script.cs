using System.Runtime.CompilerServices;
using Experiments.Generators.Models;
using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Reading;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Python.Contract;

/// <summary>The Python script that an entrypoint starts, with the words that stand behind it.</summary>
/// <param name="IsModule">Whether it starts as a module, <c>-m</c>.</param>
/// <param name="Name">Module or file.</param>
/// <param name="Arguments">The fixed arguments.</param>
internal sealed record Script(bool IsModule, string Name, IReadOnlyList<string> Arguments)
{
    // By the text of the script; what is remembered holds while all files that were read have the same text.
    private static readonly ConditionalWeakTable<SourceText, Remembered> _known = new();

    /// <summary>The script of an entrypoint, also behind <c>python</c>, <c>torchrun</c> and <c>accelerate launch</c>; <see langword="null"/> when it is none.</summary>
    public static Script? Of(EntrypointModel entrypoint)
    {
        switch (entrypoint.Kind)
        {
            case "Module":
                return new Script(true, entrypoint.Target, entrypoint.Arguments.ToList());
            case "File":
                return new Script(false, entrypoint.Target, entrypoint.Arguments.ToList());
        }

        var program = entrypoint.Target.Substring(entrypoint.Target.LastIndexOf('/') + 1);
        var words = entrypoint.Arguments.ToList();
        if (program is not ("python" or "python3" or "torchrun" or "deepspeed") && !(program == "accelerate" && words.FirstOrDefault() == "launch"))
            return null;
        // Options of the launcher come first; the script is the first word that can be one.
        var at = words.FindIndex(word => word is "-m" or "--module" || word.EndsWith(".py", StringComparison.Ordinal));
        if (at < 0 || words.Take(at).Any(word => word == "-c"))
            return null;
        var isModule = words[at] is "-m" or "--module";
        return isModule && at + 1 < words.Count ? new Script(true, words[at + 1], words.Skip(at + 2).ToList())
            : isModule ? null : new Script(false, words[at], words.Skip(at + 1).ToList());
    }

    /// <summary>The file of the script; <see langword="null"/> when it is not among the sources.</summary>
    public string? File(SourceTree tree)
    {
        var path = Name.StartsWith("./", StringComparison.Ordinal) ? Name.Substring(2) : Name;
        return IsModule ? tree.MainFile(Name) : tree.Has(path) ? path : null;
    }

    /// <summary>What the script accepts; <see langword="null"/> when that can't be known.</summary>
    public CommandLine? CommandLine(SourceTree tree, string file)
    {
        if (tree.Text(file) is not { } text)
            return null;
        var slash = file.LastIndexOf('/');
        var imports = IsModule || slash < 0 ? "" : file.Substring(0, slash);
        if (_known.TryGetValue(text, out var known) && known.Holds(tree, file, imports))
            return known.Command;
        var files = new List<string>();
        var command = ScriptReader.Read(tree, file, imports, files);
        _known.Remove(text);
        _known.GetValue(text, _ => new Remembered(command, file, imports, tree.Fingerprint, files.Distinct().Select(path => (path, tree.Text(path))).ToList()));
        return command;
    }

    private sealed class Remembered(CommandLine? command, string file, string imports, long fingerprint, IReadOnlyList<(string Path, SourceText? Text)> read)
    {
        public CommandLine? Command { get; } = command;

        public bool Holds(SourceTree tree, string ofFile, string from) => ofFile == file && from == imports && tree.Fingerprint == fingerprint
            && read.All(entry => ReferenceEquals(tree.Text(entry.Path), entry.Text));
    }
}
