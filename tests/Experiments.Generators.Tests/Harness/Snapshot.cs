using System.Text;

namespace Experiments.Generators.Tests.Harness;

/// <summary>
/// Compares text with a file of <c>Snapshots</c>, in Verify's convention: <c>Name.verified.cs</c> is committed, <c>Name.received.cs</c> is written where they differ.
/// <c>EXPERIMENTS_ACCEPT_SNAPSHOTS=1</c> accepts what is received.
/// </summary>
internal static class Snapshot
{
    private const string AcceptVariable = "EXPERIMENTS_ACCEPT_SNAPSHOTS";

    /// <summary>Compares the generated files of a compilation, which must be without warnings.</summary>
    public static void Match(string name, Compiled compiled)
    {
        Assert.Empty(compiled.Problems);
        var text = new StringBuilder();
        foreach (var file in compiled.Files)
            text.Append("//// ").Append(file.Name).Append('\n').Append(file.Text).Append('\n');
        Match(name, text.ToString());
    }

    private static void Match(string name, string text)
    {
        var directory = Checkout.PathOf("tests", "Experiments.Generators.Tests", "Snapshots");
        var verified = Path.Combine(directory, name + ".verified.cs");
        var received = Path.Combine(directory, name + ".received.cs");
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            Directory.CreateDirectory(directory);
            File.WriteAllText(verified, text);
        }

        var expected = File.Exists(verified) ? File.ReadAllText(verified) : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        Directory.CreateDirectory(directory);
        File.WriteAllText(received, text);
        Assert.Fail(expected is null
            ? $"expected `{verified}` to exist; look at `{received}` and run with {AcceptVariable}=1 to accept it"
            : $"expected the generated text to be as in `{verified}`, got `{received}`: {Difference(expected, text)}; {AcceptVariable}=1 accepts it");
    }

    private static string Difference(string expected, string actual)
    {
        var before = expected.Split('\n');
        var after = actual.Split('\n');
        var line = 0;
        while (line < before.Length && line < after.Length && before[line] == after[line])
            line++;
        return $"line {line + 1} was `{before.ElementAtOrDefault(line)}` and is `{after.ElementAtOrDefault(line)}`";
    }
}
