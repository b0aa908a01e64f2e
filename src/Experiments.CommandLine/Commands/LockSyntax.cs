using System.CommandLine;
using System.Text;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>plan --lock</c> and <c>plan --diff</c>: what runs are identified by, committed beside the project and compared.</summary>
internal sealed class LockSyntax
{
    private readonly Option<bool> _lock = Syntax.Flag("--lock", $"Write `{IdentityLock.FileName}`: what the ids and contents of all runs are made of");
    private readonly Option<bool> _diff = Syntax.Flag("--diff", "Show which ids and contents differ from the lock and from known runs; exit code 1 when some do");
    private readonly Option<string?> _file = Syntax.Word("--lock-file", "FILE", "The lock. Default: beside the project");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_lock);
        command.Add(_diff);
        command.Add(_file);
    }

    /// <summary>Whether the command is about the lock rather than about a plan.</summary>
    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_lock) || parsed.GetValue(_diff);

    /// <summary>Writes or compares the lock.</summary>
    /// <param name="session">The program.</param>
    /// <param name="target">Sweep or experiment to compare, or the script that the program is; <see langword="null"/>: all.</param>
    /// <param name="overrides">What else was on the command line.</param>
    /// <param name="parsed">The options.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<ExitCode> RunAsync(Session session, string? target, IReadOnlyList<string> overrides, ParseResult parsed, CancellationToken cancel)
    {
        // A script is a program by itself.
        var script = target?.EndsWith(ScriptTarget.Extension, StringComparison.OrdinalIgnoreCase) == true ? target : null;
        target = script is null ? target : null;
        Refuse(session, target, overrides, parsed.GetValue(_lock));
        var path = Path.GetFullPath(parsed.GetValue(_file) ?? (script is null ? LockLocation.Find() : LockLocation.OfScript(script)));
        var scope = session.Catalogue.Scope(target);
        await using var registry = await session.FindRegistryAsync().ConfigureAwait(false);
        var facts = IdentityFacts.Of(scope, await IdentityFacts.CompletedAsync(scope, registry, cancel).ConfigureAwait(false));
        var locked = LockFile.TryRead(path);
        if (locked is null && !parsed.GetValue(_lock) && (parsed.GetValue(_file) is not null || registry is null))
            throw new ExperimentsException("EXP8311", $"expected a lock at `{path}`, got nothing", "`plan --lock` writes one; commit it", ExitCode.NotFound);
        // Without a lock there are still the known runs to compare with.
        var before = locked is null && !parsed.GetValue(_lock) ? facts : (locked ?? IdentityLock.Empty).Within(scope, target);
        var difference = LockDifference.Between(before, facts);
        var changed = (locked is null ? facts.Experiments.Keys : difference.Experiments.Select(e => e.Name).Concat(difference.Sweeps.Where(s => s.AreIdsChanged).Select(s => s.Name))).ToHashSet();
        var report = new LockReport(difference, registry is null ? [] : await KnownRuns.EstrangedAsync(registry, scope, changed, cancel).ConfigureAwait(false));
        if (parsed.GetValue(_lock))
            OutputFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(LockFile.Write(facts))));
        if (session.Json)
            session.Terminal.WriteJson(json => LockJson.Write(json, locked is null && !parsed.GetValue(_lock) ? null : path, report));
        else
            report.Write(session.Terminal);
        return parsed.GetValue(_lock) ? Written(session, path, facts) : Compared(session, report, locked is null ? path : null);
    }

    private static void Refuse(Session session, string? target, IReadOnlyList<string> overrides, bool isWriting)
    {
        if (session.Catalogue.Experiments.IsEmpty)
            throw new ExperimentsException("EXP8101", "expected a program that declares experiments, got none", "the lock is of a program: `dotnet run -- plan --lock`");
        if (isWriting && target is not null)
            throw new ExperimentsException("EXP8101", $"expected `plan --lock` to be given no target, got `{target}`", "a lock holds all experiments and sweeps of the program");
        if (overrides.Count > 0)
            throw new ExperimentsException("EXP8101", $"expected no overrides with the lock, got {Words.List(overrides)}", "a lock is of what is declared");
    }

    private static ExitCode Written(Session session, string path, IdentityLock facts)
    {
        session.Terminal.Advise($"wrote {Words.Count(facts.Experiments.Count, "experiment")} and {Words.Count(facts.Sweeps.Count, "sweep")} to `{path}`");
        return ExitCode.Success;
    }

    private static ExitCode Compared(Session session, LockReport report, string? missing)
    {
        if (!report.HasChanges)
        {
            if (!session.Json)
                session.Terminal.WriteLine(missing is null ? "every run is what it was" : $"every known run is what it was; there is no lock at `{Paths.FromHere(missing)}` to compare with: `plan --lock` writes one");
            return ExitCode.Success;
        }

        session.Terminal.Advise("`plan --lock` accepts this; `[FormerName]` keeps the identity across a rename");
        return ExitCode.RunFailed;
    }
}
