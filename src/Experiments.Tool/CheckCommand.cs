using System.CommandLine;
using System.Text.Json;
using Experiments.CommandLine;
using Experiments.Scripting;
using Experiments.Scripting.Caching;
using Experiments.Scripting.Compiling;

namespace Experiments.Tool;

/// <summary><c>check</c>: what is wrong with scripts, without running them.</summary>
internal sealed class CheckCommand : ExperimentCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Scripts", Arity = ArgumentArity.OneOrMore };

    public CheckCommand(CommandContext context)
        : base("check", "Show what is wrong with scripts, without running them", context) => Add(_files);

    protected override Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var host = new ScriptHost(CacheFolder.OfUser());
        var files = parsed.GetRequiredValue(_files);
        var problems = files.SelectMany(host.Check).Distinct().ToList();
        if (session.Json)
            session.Terminal.WriteJson(json => Write(json, problems));
        else
            ProblemText.Write(session.Terminal, problems);
        var errors = problems.Count(p => p.IsError);
        if (!session.Json)
            session.Terminal.Advise($"{Words.Count(files.Length, "script")}: {Words.Count(errors, "error")}, {Words.Count(problems.Count - errors, "warning")}");
        return Task.FromResult(errors > 0 ? ExitCode.Usage : ExitCode.Success);
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
