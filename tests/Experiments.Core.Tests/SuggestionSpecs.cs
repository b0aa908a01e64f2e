using Experiments.Core;
using Xunit;

namespace Experiments.Core.Tests;

public sealed class SuggestionSpecs
{
    [Theory]
    [InlineData("learning_rat", "learning_rate")]
    [InlineData("learnign-rate", "learning_rate")]
    [InlineData("LEARNING_RATE", "learning_rate")]
    [InlineData("sed", "seed")]
    [InlineData("momentum", null)]
    [InlineData("x", null)]
    public void The_nearest_known_word_is_suggested_if_it_is_near(string word, string? expected) =>
        Assert.Equal(expected, Suggestion.Closest(word, ["learning_rate", "batch_size", "seed"]));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("abc", "", 3)]
    [InlineData("abc", "abd", 1)]
    [InlineData("abcd", "acbd", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("a-b", "a_b", 0)]
    public void Distance_counts_insertions_deletions_changes_and_swaps(string a, string b, int distance)
    {
        Assert.Equal(distance, Suggestion.Distance(a, b));
        Assert.Equal(distance, Suggestion.Distance(b, a));
    }
}
