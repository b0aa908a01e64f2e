using System.CommandLine;
using System.Text.Json;
using Experiments.CommandLine;
using Experiments.Scripting;
using Experiments.Scripting.Caching;
using Experiments.Scripting.Compiling;

namespace Experiments.Tool.Checking;

/// <summary><c>check</c>: what is wrong with scripts and projects, without running them.</summary>
internal sealed class CheckCommand : ExperimentCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Scripts, projects, or folders with one project. Default: the current folder", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _sarif = Syntax.Word("--sarif", "FILE", "Write them to a SARIF 2.1.0 log too, for code hosts and editors; `-` for standard output");

    public CheckCommand(CommandContext context)
        : base("check", "Show what is wrong with scripts and projects, without running them", context)
    {
        Add(_files);
        Add(_sarif);
    }

    protected override Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var host = new ScriptHost(CacheFolder.OfUser());
        var files = parsed.GetRequiredValue(_files) is { Length: > 0 } named ? named : [Environment.CurrentDirectory];
        var problems = files.SelectMany(file => ProjectCheck.Find(file) is { } project ? ProjectCheck.Run(project) : host.Check(file)).Distinct().ToList();
        var log = parsed.GetValue(_sarif);
        if (log is not null)
            Write(session.Terminal, log, problems);
        if (session.Json)
            session.Terminal.WriteJson(json => Write(json, problems));
        else
            ProblemText.Write(session.Terminal, problems);
        var errors = problems.Count(p => p.IsError);
        if (!session.Json && log != "-")
            session.Terminal.Advise($"{Words.Count(files.Length, "file")}: {Words.Count(errors, "error")}, {Words.Count(problems.Count - errors, "warning")}");
        return Task.FromResult(errors > 0 ? ExitCode.Usage : ExitCode.Success);
    }

    private static void Write(Terminal terminal, string log, IReadOnlyList<ScriptProblem> problems)
    {
        if (log == "-")
        {
            terminal.WriteJson(json => SarifLog.Write(json, problems));
            return;
        }

        OutputFile.Guard(log, () =>
        {
            using var file = File.Create(log);
            using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true });
            SarifLog.Write(json, problems);
        });
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<ScriptProblem> problems)
    {
        json.WriteStartArray();
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, problem.Id);
            json.WriteString("severity"u8, problem.Severity);
            json.WriteString("message"u8, problem.Message);
            json.WriteString("file"u8, problem.Path);
            json.WriteNumber("line"u8, problem.Line);
            json.WriteNumber("column"u8, problem.Column);
            json.WriteNumber("end_line"u8, problem.EndLine);
            json.WriteNumber("end_column"u8, problem.EndColumn);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
