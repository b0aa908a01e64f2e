using Experiments;

namespace Secretive;

/// <summary>A Python trainer that needs a token from the environment and a key from a file.</summary>
[Experiment("upload", Id = "upload/{Name}")]
[Entrypoint("trainers/upload.py"), Retry(1, BackoffBase = 0.01)]
public sealed partial record Upload
{
    public string Name { get; init; } = "good";
    public Secret Token { get; init; } = Secret.FromEnvironment("TORCH_HUB_PAT");
    public Account Account { get; init; } = new();

    public sealed partial record Results
    {
        [Metric(Goal.Maximize)] public double Score { get; init; }
    }
}

public sealed partial record Account
{
    public string User { get; init; } = "somebody";
    public Secret? Key { get; init; } = Secret.FromFile("~/key.txt");
}

/// <summary>A C# trainer that reveals its secrets itself.</summary>
[Experiment("visit", Id = "visit/{Seed}")]
public sealed partial record Visit
{
    public int Seed { get; init; }
    public Secret Token { get; init; } = Secret.FromEnvironment("TORCH_HUB_PAT");
    public Account Account { get; init; } = new();

    public async Task<Results> RunAsync(RunContext run)
    {
        run.Event("visiting", ("token", Token.ToString()));
        await Task.Yield();
        return new Results { Score = Token.Reveal().Length + Account.Key!.Value.Reveal().Length };
    }

    public sealed partial record Results
    {
        [Metric(Goal.Maximize)] public double Score { get; init; }
    }
}

[Sweep]
public sealed partial record Uploads : ISweep<Upload>
{
    [Values("good", "talkative", "failing")] public string Name { get; init; } = "";
}

[Sweep]
public sealed partial record Visits : ISweep<Visit>
{
    [Seeds(2)] public int Seed { get; init; }
}
