using System.Text;
using Experiments.Core;
using Xunit;

namespace Experiments.Core.Tests;

public sealed class SecretSpecs : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("experiments-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_secret_shows_where_it_is_and_nothing_else()
    {
        Assert.Equal("env:HF_TOKEN", Secret.FromEnvironment("HF_TOKEN").ToString());
        Assert.Equal("file:~/.token", Secret.FromFile("~/.token").ToString());
        Assert.Equal("", default(Secret).ToString());
        Assert.True(default(Secret).IsEmpty);
    }

    [Theory]
    [InlineData("env:HF_TOKEN", true)]
    [InlineData("file:a b/c:d", true)]
    [InlineData("env:", false)]
    [InlineData("env:9A", false)]
    [InlineData("env:A-B", false)]
    [InlineData("file:", false)]
    [InlineData("file:a\nb", false)]
    [InlineData("HF_TOKEN", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void References_are_read_back(string? text, bool isReference)
    {
        Assert.Equal(isReference, Secret.TryParse(text, out var secret));
        Assert.Equal(isReference ? text : "", secret.ToString());
    }

    [Fact]
    public void What_is_no_name_of_a_variable_is_refused_without_being_repeated()
    {
        var error = Assert.Throws<ExperimentsException>(() => Secret.FromEnvironment("sk-planted"));
        Assert.Equal("EXP8301", error.Code);
        Assert.DoesNotContain("planted", error.ToString());
        Assert.Throws<ExperimentsException>(() => Secret.FromFile(""));
    }

    [Theory]
    [InlineData("value", "value")]
    [InlineData("value\n", "value")]
    [InlineData("value\r\n\n", "value")]
    [InlineData(" two\nlines \n", " two\nlines ")]
    [InlineData("漢字", "漢字")]
    public void A_file_is_read_whole_without_line_ends_at_its_end(string content, string value)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "token"), content, new UTF8Encoding(false));
        Assert.Equal(value, SecretValue.Read(Secret.FromFile("token"), _directory.FullName));
    }

    [Theory]
    [InlineData(0, "got an empty one")]
    [InlineData(64 * 1024 + 1, "got more than 65536 bytes")]
    public void A_file_that_holds_no_secret_is_refused(int length, string found)
    {
        File.WriteAllBytes(Path.Combine(_directory.FullName, "token"), Enumerable.Repeat((byte)'x', length).ToArray());
        var error = Assert.Throws<ExperimentsException>(() => SecretValue.Read(Secret.FromFile("token"), _directory.FullName));
        Assert.Equal("EXP8300", error.Code);
        Assert.EndsWith(found, error.Message);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Equal("expected environment variable `EXP_TEST_NONE` to hold a secret, got nothing", Assert.Throws<ExperimentsException>(() => Secret.FromEnvironment("EXP_TEST_NONE").Reveal()).Message);
        Assert.Equal("expected file `none` to hold a secret, got no such file", Assert.Throws<ExperimentsException>(() => SecretValue.Read(Secret.FromFile("none"), _directory.FullName)).Message);
        Assert.Equal("expected file `.` to hold a secret, got one that can't be read", Assert.Throws<ExperimentsException>(() => SecretValue.Read(Secret.FromFile("."), _directory.FullName)).Message);
        Assert.Throws<ExperimentsException>(() => default(Secret).Reveal());
    }
}
