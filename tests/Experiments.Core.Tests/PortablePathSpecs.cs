using Experiments.Core;
using Xunit;

namespace Experiments.Core.Tests;

public sealed class PortablePathSpecs
{
    [Theory]
    [InlineData("hcrl_sa/teacher_autoencoder")]
    [InlineData("lr1e-05,x=1+2@3.4-5")]
    [InlineData("größe/中文")]
    [InlineData("𠮷")]
    [InlineData("console")]
    [InlineData("a.b")]
    public void Portable_paths_pass(string id) => Assert.Null(PortablePath.Problem(id));

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("/a", "it has an empty segment")]
    [InlineData("a/", "it has an empty segment")]
    [InlineData("a//b", "it has an empty segment")]
    [InlineData("../a", "the segment `..` begins or ends with a dot")]
    [InlineData(".hidden", "the segment `.hidden` begins or ends with a dot")]
    [InlineData("a./b", "the segment `a.` begins or ends with a dot")]
    [InlineData("a b", "the character space is not portable")]
    [InlineData("a\\b", "the character `\\` is not portable")]
    [InlineData("a:b", "the character `:` is not portable")]
    [InlineData("a\u0000", "the character U+0000 is not portable")]
    [InlineData("a\u202eb", "the character U+202E is not portable")]
    [InlineData("a🚀", "the character U+D83D is not portable")]
    [InlineData("a/NUL", "`NUL` is a reserved name on Windows")]
    [InlineData("con.txt", "`con` is a reserved name on Windows")]
    [InlineData("what?", "the character `?` is not portable")]
    [InlineData("a/../b", "the segment `..` begins or ends with a dot")]
    [InlineData("~", "the character `~` is not portable")]
    [InlineData("$HOME", "the character `$` is not portable")]
    public void What_some_system_cannot_keep_is_refused(string id, string problem) => Assert.Equal(problem, PortablePath.Problem(id));

    [Fact]
    public void Half_a_character_is_refused()
    {
        Assert.Equal("the character U+D800 is not portable", PortablePath.Problem("a" + (char)0xd800));
        Assert.Equal("the character U+DC00 is not portable", PortablePath.Problem("a" + (char)0xdc00));
    }

    [Fact]
    public void Segments_and_paths_are_bounded_in_bytes()
    {
        Assert.Null(PortablePath.Problem(new string('a', 200)));
        Assert.NotNull(PortablePath.Problem(new string('a', 201)));
        Assert.NotNull(PortablePath.Problem(new string('ü', 101)));
        Assert.Null(PortablePath.Problem(new string('a', 199) + "/" + new string('b', 200)));
        Assert.NotNull(PortablePath.Problem(new string('a', 200) + "/" + new string('b', 200)));
    }
}
