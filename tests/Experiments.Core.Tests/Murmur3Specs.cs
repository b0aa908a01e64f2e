using System.Text;
using Xunit;

namespace Experiments.Core.Tests;

public sealed class Murmur3Specs
{
    // Digests of the reference implementation (MurmurHash3_x64_128, seed 0).
    [Theory]
    [InlineData("", "00000000000000000000000000000000")]
    [InlineData("hello", "cbd8a7b341bd9b025b1e906a48ae1d19")]
    [InlineData("hello, world", "342fac623a5ebc8e4cdcbc079642414d")]
    [InlineData("The quick brown fox jumps over the lazy dog.", "cd99481f9ee902c9695da1a38987b6e7")]
    [InlineData("19 Jan 2038 at 3:14:07 AM", "b89e5988b737affc664fc2950231b2cb")]
    public void Digests_are_those_of_the_reference(string text, string digest) =>
        Assert.Equal(digest, ContentHash.Compute(Encoding.UTF8.GetBytes(text)).ToString());

    [Fact]
    public void Every_tail_length_counts()
    {
        var data = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
        Assert.Equal(65, Enumerable.Range(0, 65).Select(length => ContentHash.Compute(data.AsSpan(0, length))).Distinct().Count());
    }

    [Theory]
    [InlineData(0, "00000000000000000000000000000000")]
    [InlineData(1, "c0000000000000000000000000000000")]
    [InlineData(8, "cbd8a7b3000000000000000000000000")]
    [InlineData(16, "cbd8a7b341bd9b020000000000000000")]
    [InlineData(20, "cbd8a7b341bd9b025b1e000000000000")]
    [InlineData(32, "cbd8a7b341bd9b025b1e906a48ae1d19")]
    public void A_hash_is_cut_to_its_first_digits(int digits, string expected) =>
        Assert.Equal(expected, ContentHash.Compute("hello"u8).Truncate(digits).ToString());

    [Fact]
    public void A_hash_is_read_back_from_digits_and_bytes()
    {
        var hash = ContentHash.Compute("hello"u8);
        Assert.True(ContentHash.TryParse(hash.ToString(), out var read));
        Assert.Equal(hash, read);
        Assert.Equal(hash, ContentHash.FromBytes(hash.ToByteArray()));
        Assert.False(ContentHash.TryParse("cbd8", out _));
        Assert.False(ContentHash.TryParse(new string('g', 32), out _));
    }
}
