using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using Experiments.CommandLine;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Tool;

/// <summary><c>new</c>: writes a starting point. The same files are the templates of <c>dotnet new</c>.</summary>
internal sealed partial class NewCommand : Command
{
    /// <summary>What stands for the name in the templates.</summary>
    private const string Placeholder = "Starter";

    public NewCommand(CommandContext context)
        : base("new", "Write a starting point")
    {
        Add(new KindCommand("sweep", "One script with an experiment and a sweep", "sweep", false, context));
        Add(new KindCommand("project", "A project with an experiment and a sweep", "Experiment", true, context));
        Add(new KindCommand("trainer", "A Python trainer, and the script that declares its experiment and sweep", "train", false, context));
    }

    private sealed class KindCommand : ExperimentCommand
    {
        private readonly Argument<string?> _name;
        private readonly string _kind;
        private readonly string _default;
        private readonly bool _inFolder;

        public KindCommand(string kind, string description, string name, bool inFolder, CommandContext context)
            : base(kind, description, context)
        {
            (_kind, _default, _inFolder) = (kind, name, inFolder);
            Add(_name = new("NAME") { Description = $"Its name. Default: `{name}`", Arity = ArgumentArity.ZeroOrOne });
        }

        protected override Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
        {
            var name = parsed.GetValue(_name) ?? _default;
            if (!Identifier().IsMatch(name))
                throw new ExperimentsException("EXP9012", $"expected a name of letters, digits and `_` that begins with a letter, got `{name}`", "it becomes the name of files and of a namespace");
            if (SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
                throw new ExperimentsException("EXP9012", $"expected a name that is no word of C#, got `{name}`", "it becomes the name of files and of a namespace");
            var files = Files(name).ToList();
            if (files.FirstOrDefault(f => File.Exists(f.Path)) is { Path: { } existing })
                throw new ExperimentsException("EXP9013", $"expected `{existing}` not to exist yet, got a file", "choose another name, or delete it first");
            foreach (var (path, text) in files)
            {
                OutputFile.Guard(path, () => Write(path, text));
                if (!session.Json)
                    session.Terminal.WriteLine($"wrote {path}");
            }

            session.Tell(_inFolder
                ? $"next: cd {name} && dotnet run -- run LearningRates\nThe package `Experiments` comes from a NuGet source that has it: README.md says how to add one"
                : $"next: exp run {name}{ScriptTarget.Extension}", json => json.WriteStrings("files", files.Select(f => f.Path)));
            return Task.FromResult(ExitCode.Success);
        }

        private static void Write(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, text);
            if (!OperatingSystem.IsWindows() && path.EndsWith(ScriptTarget.Extension, StringComparison.Ordinal))
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }

        private IEnumerable<(string Path, string Text)> Files(string name)
        {
            var prefix = $"Templates/{_kind}/";
            var assembly = Assembly.GetExecutingAssembly();
            foreach (var resource in assembly.GetManifestResourceNames().Where(r => r.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                using var text = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                var path = resource[prefix.Length..].Replace(Placeholder, name, StringComparison.Ordinal);
                yield return (_inFolder ? Path.Combine(name, path) : path, Filled(text.ReadToEnd(), name));
            }
        }

        /// <summary>As <c>dotnet new</c> fills them: names of experiments are the name in lower case.</summary>
        private static string Filled(string text, string name) =>
            text.Replace(Placeholder, name, StringComparison.Ordinal).Replace(Placeholder.ToLowerInvariant(), name.ToLowerInvariant(), StringComparison.Ordinal);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,63}$")]
    private static partial Regex Identifier();
}
