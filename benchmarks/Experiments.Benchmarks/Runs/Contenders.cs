namespace Experiments.Benchmarks.Runs;

/// <summary>Ours and those it is measured against.</summary>
internal static class Contenders
{
    /// <summary>The one that the others are compared with.</summary>
    public const string Reference = "GNU parallel";

    /// <summary>All of them.</summary>
    /// <param name="program">The published program of runs of nothing.</param>
    /// <param name="peers">Path of <c>jobs.py</c>.</param>
    /// <param name="count">Runs a round, of all but the slow ones.</param>
    /// <param name="slots">Runs at a time.</param>
    public static IReadOnlyList<Contender> All(string program, string peers, int count, int slots)
    {
        // Where starting takes long, or a run does, fewer of them tell as much.
        int fewer = Math.Max(count / 5, 1), few = Math.Max(count / 50, 1);
        return
        [
            new("**Experiments**", count, $"NOTHINGS={count} '{program}' run Nothings --slots {slots} --results results",
                "state, attempt and totals in the registry, synced; log, configuration, provenance"),
            new(Reference, count, $"seq {count} | parallel -j{slots} /bin/true", "nothing", "parallel --version", "apt install parallel"),
            new("GNU parallel `--joblog`", count, $"seq {count} | parallel -j{slots} --joblog log /bin/true", "a line in a file, not synced", "parallel --version", "apt install parallel"),
            new("`xargs`", count, $"seq {count} | xargs -P{slots} -n1 /bin/true", "nothing"),
            new("task-spooler", count,
                $"export TS_SOCKET=$PWD/socket TMPDIR=$PWD TS_SLOTS={slots}; for i in $(seq {count}); do tsp /bin/true; done; tsp -w; tsp -K",
                "an output file; the list is its server's memory", "tsp -V", "apt install task-spooler"),
            new("nq, one queue a slot", count,
                $"for s in $(seq {slots}); do for i in $(seq {count / slots}); do NQDIR=q$s nq -q /bin/true; done; done; for s in $(seq {slots}); do NQDIR=q$s nq -w; done",
                "a log file", "command -v nq", "apt install nq"),
            Library("floor", "*bound: `posix_spawn` and wait*", count, "nothing", ""),
            Library("joblib", "joblib", count, "nothing", "import joblib", "apt install python3-joblib"),
            Library("dask", "dask", count, "nothing", "import distributed", "apt install python3-distributed"),
            Library("persist-queue", "persist-queue and two threads", count, "a row in SQLite that says acknowledged, synced", "import persistqueue", "pip install persist-queue"),
            Library("huey", "huey on SQLite, synced", count, "a result in SQLite until it is read", "import huey", "pip install huey"),
            Library("dr_exp", "dr_exp, its queue of files", count, "a JSON file, not synced", "import dr_exp.core.job_db", "a checkout of danielle-rothermel/dr-exp of June 2025"),
            Library("hydra", "Hydra, one at a time", fewer, "a log, the configuration in three files", "import hydra", "pip install hydra-core"),
            Library("submitit", "submitit, local", few, "a log, pickles of call and result", "import submitit", "pip install submitit"),
            new("snakemake", fewer, Snakefile(fewer) + $"snakemake --cores {slots} --quiet all", "the output file, a record beside it", "snakemake --version", "apt install snakemake"),
        ];

        Contender Library(string name, string title, int runs, string keeps, string import, string installation = "") =>
            new(title, runs, $"python3 '{peers}' {name} {runs} {slots}", keeps, $"python3 -c '{import}'", installation);
    }

    private static string Snakefile(int count) =>
        $"printf 'rule all:\\n  input: expand(\"{{i}}\", i=range({count}))\\nrule one:\\n  output: touch(\"{{i}}\")\\n  shell: \"/bin/true\"\\n' > Snakefile; ";
}
