using System.Globalization;
using Experiments.Registry;
using Experiments.Runtime;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Processes;

namespace Experiments.Simulation.Tests;

/// <summary>The process of an attempt, and the keeper beside it: writes real files, a little at every step.</summary>
internal sealed class SimulatedProcess
{
    private readonly RunHome _home;
    private readonly int _attempt;
    private readonly List<double> _values = [];
    private string _tornRest = "";

    public SimulatedProcess(RunHome home, int attempt, int pid)
    {
        _home = home;
        _attempt = attempt;
        // Records of this boot are believed; SimulatedHost.Reboot makes them another's.
        Identity = new ProcessIdentity(pid, pid, ProcFs.BootId);
        ProcessRecord.Begin(home.ProcessRecord(attempt), Identity);
        File.WriteAllText(home.Log(attempt), "");
        Write(Verdict.Verdict.SignatureFile, _attempt.ToString(CultureInfo.InvariantCulture));
    }

    public ProcessIdentity Identity { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>Whether its keeper lives and will note its end.</summary>
    public bool HasKeeper { get; set; } = true;

    public string Staging => _home.Staging(_attempt);

    public string Record => _home.ProcessRecord(_attempt);

    /// <summary>Values of metric <c>v</c> it has reported in whole lines.</summary>
    public IReadOnlyList<double> Values => _values;

    /// <summary>Does something that trainers do.</summary>
    /// <param name="chance">Decides what.</param>
    /// <param name="ends">Whether it comes to its end now, and successfully.</param>
    public void Act(Random chance, bool ends = false)
    {
        switch (ends ? 9 : chance.Next(12))
        {
            case < 4:
                Report(chance, torn: false);
                break;
            case < 6:
                Report(chance, torn: true);
                break;
            case 6:
                Write($"only-{_attempt}/plot.png", "");
                break;
            case 7:
                Write(chance.Next(3) == 0 ? "run.json" : "model.pt", _attempt.ToString(CultureInfo.InvariantCulture));
                break;
            case 8:
                if (chance.Next(2) == 0)
                    File.WriteAllText(_home.Log(_attempt), "CUDA out of memory");
                End(new ExitStatus(1, null));
                break;
            default:
                FinishLine();
                End(new ExitStatus(0, null));
                break;
        }
    }

    public void Kill() => End(new ExitStatus(null, 9));

    /// <summary>The host has lost power: what was not brought to the disk may be torn, and nobody notes anything.</summary>
    public void LosePower(Random chance)
    {
        IsAlive = false;
        if (File.Exists(Record))
            File.WriteAllText(Record, Torn(File.ReadAllText(Record).Replace(ProcFs.BootId, "an-earlier-boot", StringComparison.Ordinal), chance));
        var events = Path.Combine(Staging, "metrics.jsonl");
        if (File.Exists(events))
            File.WriteAllText(events, Torn(File.ReadAllText(events), chance));
    }

    private static string Torn(string text, Random chance) => chance.Next(2) == 0 ? text : text[..chance.Next(text.Length + 1)];

    private void End(ExitStatus exit)
    {
        if (!IsAlive)
            return;
        IsAlive = false;
        if (HasKeeper)
            ProcessRecord.End(Record, exit);
    }

    private void Report(Random chance, bool torn)
    {
        FinishLine();
        var value = (_attempt * 1000.0) + _values.Count;
        var line = string.Create(CultureInfo.InvariantCulture, $$"""{"metrics":{"v":{{value}}},"step":{{_values.Count}}}""") + "\n";
        var cut = torn ? chance.Next(line.Length) : line.Length;
        File.AppendAllText(Path.Combine(Staging, "metrics.jsonl"), line[..cut]);
        _tornRest = line[cut..];
        _values.Add(value);
    }

    private void FinishLine()
    {
        if (_tornRest.Length > 0)
            File.AppendAllText(Path.Combine(Staging, "metrics.jsonl"), _tornRest);
        _tornRest = "";
    }

    private void Write(string name, string contents)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Staging, name))!);
        File.WriteAllText(Path.Combine(Staging, name), contents);
    }
}
