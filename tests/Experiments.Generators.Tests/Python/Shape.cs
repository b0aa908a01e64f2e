using System.Text;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Contract;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Tests.Python;

/// <summary>
/// A real-world way to parse a command line: files of <c>Shapes</c> with sections <c>--- path</c> for each source, <c>--- expected</c> for the command
/// line that is found in them, and <c>--- record</c> for an experiment that matches it.
/// </summary>
internal sealed class Shape
{
    private readonly Dictionary<string, string> _sections = [];

    private Shape(string text)
    {
        foreach (var section in text.Split("--- ", StringSplitOptions.RemoveEmptyEntries))
            _sections.Add(section[..section.IndexOf('\n')].Trim(), section[(section.IndexOf('\n') + 1)..]);
    }

    public static string Folder { get; } = Checkout.PathOf("tests", "Experiments.Generators.Tests", "Python", "Shapes");

    public string Expected => _sections["expected"].Trim();

    public string Record => _sections["record"];

    public PythonFiles Files => new([.. _sections.Where(section => section.Key is not ("expected" or "record")).Select(section => (section.Key, section.Value))]);

    public static Shape Read(string name) => new(File.ReadAllText(Path.Combine(Folder, name + ".txt")));

    /// <summary>The command line found, as the shapes write it.</summary>
    public string Found() => Found(Files, Record);

    public static string Found(PythonFiles files, string record)
    {
        var tree = new HandedOver(new AnalyzerOptions(files.Texts, files)).Tree(null)!;
        var type = Compiled.Compilation(record).GetTypeByMetadataName("Run")!;
        var script = Script.Of(EntrypointParser.Parse(type)!)!;
        var text = new StringBuilder();
        if (script.CommandLine(tree, script.File(tree)!) is { } command)
            Write(command, text, "");
        else
            text.Append("unknown");
        return text.ToString().Trim();
    }

    private static void Write(CommandLine command, StringBuilder text, string indent)
    {
        foreach (var option in command.Options)
        {
            text.Append(indent).Append(string.Join(' ', option.Names));
            if (command.Grammar == Grammar.Options)
                text.Append(": ").Append(Words(option));
            text.Append(option.IsRequired ? " (required)" : "").Append('\n');
        }

        foreach (var positional in command.Positionals)
            text.Append(indent).Append(positional.Name).Append(positional.IsMany ? "..." : "").Append(positional.IsRequired ? " (required)" : "").Append('\n');
        foreach (var group in command.RequiredGroups)
            text.Append(indent).Append("one of ").Append(string.Join(' ', command.Options.Where(option => option.Group == group).Select(option => option.Name))).Append('\n');
        foreach (var (name, inner) in command.Commands)
        {
            text.Append(indent).Append(name).Append(inner.IsOpen ? " unknown\n" : "\n");
            Write(inner, text, indent + "  ");
        }
    }

    private static string Words(Option option)
    {
        var value = option.Choices is { } choices ? string.Join('|', choices) : option.Type switch
        {
            WordType.Integer => "int",
            WordType.Float => "float",
            WordType.TruthOfText => "bool of text",
            _ => "text",
        };
        return option.Takes switch
        {
            Takes.Value => value,
            Takes.OptionalValue => value + "?",
            Takes.Values => value + "...",
            Takes.Nothing => "flag",
            Takes.NothingOrNo => "flag with no",
            _ => "?",
        };
    }
}
