using Experiments;
using Experiments.Runtime;
using Experiments.Torture.Hammering;
using Experiments.Torture.Killing;

// A worker starts this program again as the keeper of its attempts.
if (AttemptHost.Owns(args))
    return await AttemptHost.RunAsync(args, new Catalogue([], []));

// Long programs that try to break the registry. What they do and how to run them: README.md.
return args switch
{
    ["hammer", .. var rest] => await Hammer.RunAsync(rest),
    ["hammer-child", .. var rest] => await HammerChild.RunAsync(rest),
    ["kill", .. var rest] => await Killer.RunAsync(rest),
    ["kill-worker", var root] => await Killer.WorkAsync(ResultsRoot.At(root)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("expected `hammer` or `kill`, see tests/Experiments.Torture/README.md");
    return 2;
}
