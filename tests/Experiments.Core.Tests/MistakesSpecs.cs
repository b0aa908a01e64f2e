using Xunit;

namespace Experiments.Core.Tests;

public sealed class MistakesSpecs
{
    [Fact]
    public void What_follows_from_a_mistake_is_no_news()
    {
        var mistakes = new Mistakes();
        mistakes.Add("optimizer.rate", "first");
        mistakes.Add("optimizer.rate", "again");
        mistakes.Add("optimizer", "about the whole");
        mistakes.Add("opt", "another value");
        mistakes.Add("", "stray");
        mistakes.Add("", "stray too");
        Assert.Equal(["first", "another value", "stray", "stray too"], mistakes.Select(m => m.Message));
    }

    [Fact]
    public void One_mistake_is_the_message_and_several_are_a_list()
    {
        var mistakes = new Mistakes();
        mistakes.ThrowIfAny("EXP8010", "`x`");
        mistakes.Add("a", "expected `a` to be 1, got `2`", "try 1");
        Assert.Equal("expected `a` to be 1, got `2`", Assert.Throws<ExperimentsException>(() => mistakes.ThrowIfAny("EXP8010", "`x`")).Message);
        mistakes.Add("b", "expected `b` to be 1, got `2`", "try 1");
        var error = Assert.Throws<ExperimentsException>(() => mistakes.ThrowIfAny("EXP8010", "`x`"));
        Assert.Equal("expected a configuration of `x`, got 2 mistakes:\n  - expected `a` to be 1, got `2`\n  - expected `b` to be 1, got `2`", error.Message);
        Assert.Equal("try 1", error.Hint);
    }
}
