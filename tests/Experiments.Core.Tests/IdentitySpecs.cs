using System.Text;
using Xunit;

namespace Experiments.Core.Tests;

public class IdentitySpecs
{
    /// <summary>Digests of the reference implementation (smhasher's MurmurHash3_x64_128, seed 0).</summary>
    [Theory]
    [InlineData("", "00000000000000000000000000000000")]
    [InlineData("hello", "cbd8a7b341bd9b025b1e906a48ae1d19")]
    [InlineData("hello, world", "342fac623a5ebc8e4cdcbc079642414d")]
    [InlineData("The quick brown fox jumps over the lazy dog.", "cd99481f9ee902c9695da1a38987b6e7")]
    public void The_content_hash_is_murmur3(string text, string digest) =>
        Assert.Equal(digest, ContentHash.Compute(Encoding.UTF8.GetBytes(text)).ToString());

    [Fact]
    public void A_hash_survives_text_and_bytes()
    {
        var hash = ContentHash.Compute("configuration"u8);

        Assert.True(ContentHash.TryParse(hash.ToString(), out var parsed));
        Assert.Equal(hash, parsed);
        Assert.Equal(hash, ContentHash.FromBytes(hash.ToByteArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cbd8a7b341bd9b02")]
    [InlineData("cbd8a7b341bd9b025b1e906a48ae1d1g")]
    public void What_is_not_a_hash_is_not_read_as_one(string text) => Assert.False(ContentHash.TryParse(text, out _));

    [Fact]
    public void Every_length_of_input_has_its_own_hash()
    {
        var zeros = new byte[64];
        var hashes = Enumerable.Range(0, zeros.Length).Select(length => ContentHash.Compute(zeros.AsSpan(0, length)));
        Assert.Equal(zeros.Length, hashes.Distinct().Count());
    }
}
