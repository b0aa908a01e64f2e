using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Tests.Harness;

/// <summary>The Python files of a project in <c>/project</c>, handed over as the build targets do.</summary>
internal sealed class PythonFiles : AnalyzerConfigOptionsProvider
{
    private readonly Dictionary<string, string> _properties = new() { ["build_property.ProjectDir"] = "/project/" };

    /// <summary>From paths below the project and texts.</summary>
    public PythonFiles(params (string Path, string Text)[] files) => Texts = [.. files.Select(file => new PythonText("/project/" + file.Path, file.Text))];

    private PythonFiles(ImmutableArray<AdditionalText> texts) => Texts = texts;

    public ImmutableArray<AdditionalText> Texts { get; }

    /// <summary>The same texts, one of them replaced or added.</summary>
    public PythonFiles With(string path, string text) => new([.. Texts.Where(file => file.Path != "/project/" + path), new PythonText("/project/" + path, text)]);

    public override AnalyzerConfigOptions GlobalOptions => new Properties(_properties);

    /// <summary>The tools that the build finds, as it writes them.</summary>
    public PythonFiles WithTools(params string[] tools)
    {
        _properties["build_property.ExperimentsTools"] = string.Concat(tools.Select(tool => $"/project/tools/{tool}|"));
        return this;
    }

    public Project AddTo(Project project)
    {
        foreach (var text in Texts)
            project = project.AddAdditionalDocument(Path.GetFileName(text.Path), text.GetText()!, filePath: text.Path).Project;
        var config = "is_global = true\n" + string.Concat(_properties.Select(property => $"{property.Key} = {property.Value}\n"));
        return project.AddAnalyzerConfigDocument(".globalconfig", SourceText.From(config, Encoding.UTF8), filePath: "/project/.globalconfig").Project;
    }

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

    private sealed class PythonText(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Properties(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, out string value) => values.TryGetValue(key, out value!);
    }
}
