using Xunit;

namespace Experiments.Core.Tests;

public sealed class LaunchDefinitionSpecs
{
    [Fact]
    public void What_is_declared_of_ranks_and_result_files_survives_the_registry()
    {
        var definition = new ExperimentDefinition
        {
            Name = "energy",
            IdTemplate = "{hash}",
            Launch = new Launch
            {
                Kind = LaunchKind.Module,
                Target = "energy.generate",
                Ranks = new RankLaunch(Launcher.Accelerate, 4) { MixedPrecision = "fp16", ConfigFile = "fsdp.yaml", Options = ["--max_restarts", "1"] },
            },
            ResultTask = "text_generation",
            Metrics =
            [
                new("tokens", Goal.Maximize) { Ranks = RankAggregation.Sum },
                new("tokens_per_joule", Goal.Maximize, Primary: true) { Derived = true, Component = ResultComponent.GlobalEnergyResults },
            ],
            Artifacts = [new("text", "text.json", ResultComponent.TextOutput)],
        };

        var read = DefinitionJson.Read(DefinitionJson.Write(definition));

        Assert.Equal(definition.Launch.Ranks, read.Launch.Ranks);
        Assert.Equal(definition.Metrics, read.Metrics.AsEnumerable());
        Assert.Equal(definition.Artifacts, read.Artifacts.AsEnumerable());
        Assert.Equal("text_generation", read.ResultTask);
    }

    [Fact]
    public void A_definition_that_says_nothing_of_ranks_is_written_as_before()
    {
        var text = DefinitionJson.Write(new ExperimentDefinition
        {
            Name = "plain",
            IdTemplate = "{hash}",
            Launch = new Launch { Kind = LaunchKind.Method },
            Metrics = [new("loss", Goal.Minimize)],
        });

        Assert.DoesNotContain("ranks", text, StringComparison.Ordinal);
        Assert.DoesNotContain("component", text, StringComparison.Ordinal);
        Assert.Null(DefinitionJson.Read(text).Launch.Ranks);
    }
}
