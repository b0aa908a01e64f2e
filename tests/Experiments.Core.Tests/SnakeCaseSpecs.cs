using System.Text.Json;
using Experiments.Core;
using Xunit;

namespace Experiments.Core.Tests;

public sealed class SnakeCaseSpecs
{
    [Theory]
    [InlineData("LearningRate", "learning_rate")]
    [InlineData("HcrlCh", "hcrl_ch")]
    [InlineData("XMLReader", "xml_reader")]
    [InlineData("SHA512Hash", "sha512_hash")]
    [InlineData("ReLU", "re_lu")]
    [InlineData("F1", "f1")]
    [InlineData("Top5Accuracy", "top5_accuracy")]
    [InlineData("L2Weight", "l2_weight")]
    [InlineData("UseGPU", "use_gpu")]
    [InlineData("already_snake", "already_snake")]
    public void A_name_is_split_into_words(string name, string expected) => Assert.Equal(expected, SnakeCase.Of(name));

    [Fact]
    public void Names_are_those_of_the_frameworks_policy()
    {
        // All short words over an alphabet of what the rule tells apart, and a few odd ones.
        var alphabet = new[] { 'A', 'b', '3', '_', ' ', '-', 'É', 'ß', '中' };
        var words = alphabet.SelectMany(_ => alphabet, (a, b) => $"{a}{b}").ToList();
        var names = words.SelectMany(_ => words, (a, b) => a + b).Concat(words.SelectMany(_ => alphabet, (a, b) => a + b))
            .Concat(["", "A", "a", "iOSVersion", "aB_cD", "🚀Launch", "ABCd EFGh"]);
        Assert.All(names, name => Assert.Equal(JsonNamingPolicy.SnakeCaseLower.ConvertName(name), SnakeCase.Of(name)));
    }
}
