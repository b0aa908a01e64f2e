using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>A change of the states of chosen runs: <c>retry</c> or <c>cancel</c>.</summary>
/// <param name="Done">What was done to them: <c>cancelled</c>.</param>
/// <param name="Would">What would be done.</param>
/// <param name="Rule">Which runs it can be done to.</param>
/// <param name="Apply">Does it, and returns the ids it was done to.</param>
internal sealed record RunChange(string Done, string Would, string Rule, Func<IRegistry, RunFilter, Task<IReadOnlyList<string>>> Apply)
{
    /// <summary>Does it to the runs that words name or, without words, to all that fit the filter.</summary>
    public static async Task<ExitCode> ApplyAsync(Session session, IReadOnlyList<string> words, Func<IRegistry, Task<RunFilter>> choose, bool dryRun, RunChange change, CancellationToken cancel)
    {
        await using var registry = await (dryRun ? session.OpenExistingRegistryAsync() : session.OpenRegistryToChangeAsync()).ConfigureAwait(false);
        var named = words.Count == 0 ? null : await RunSelection.FindAsync(registry, words, cancel).ConfigureAwait(false);
        var filter = await choose(registry).ConfigureAwait(false);
        if (named is not null)
            filter = filter with { Ids = [.. named.Select(r => r.Id)] };
        var changed = dryRun
            ? [.. (await registry.ListAsync(filter, cancel).ConfigureAwait(false)).Select(r => r.Id)]
            : await change.Apply(registry, filter).ConfigureAwait(false);
        // A pattern may well cover runs it can't be done to; a run named in full was meant.
        var refused = named?.Where(r => words.Contains(r.Id) && !changed.Contains(r.Id)).ToList() ?? [];
        if (session.Json)
        {
            session.Terminal.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("dry_run"u8, dryRun);
                json.WriteStrings("changed", changed);
                json.WriteStrings("unchanged", refused.Select(r => r.Id));
                json.WriteEndObject();
            });
        }
        else
        {
            foreach (var id in changed)
                session.Terminal.WriteLine(id);
            session.Terminal.Advise($"{Words.Count(changed.Count, "run")} {(dryRun ? change.Would : change.Done)}");
        }

        if (refused.Count == 0)
            return ExitCode.Success;
        throw new ExperimentsException("EXP8107",
            $"expected runs that can be {change.Done}, got {Words.List([.. refused.Select(r => r.Id)])} ({string.Join(", ", refused.Select(r => Looks.Of(r.Status).Text).Distinct())})", change.Rule);
    }
}
