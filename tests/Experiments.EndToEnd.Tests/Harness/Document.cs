namespace Experiments.EndToEnd.Tests;

/// <summary>
/// A page of documentation and its fenced blocks. The word after the language says what a test does with a block:
/// <c>csharp</c> is compiled with its page, <c>csharp statements</c> as the body of a method, <c>csharp error EXP2001</c> must be refused,
/// <c>csharp hello</c> is a program of its own; <c>sh</c> is executed. A name, as in <c>csharp sweep.csx</c>, is a file that <c>sh script</c> finds.
/// <c>sh weekend</c> takes most of a minute and has a test of its own.
/// </summary>
internal sealed record Document(string Path, IReadOnlyList<Block> Blocks)
{
    /// <summary>The README, the guide, and the pages of the examples.</summary>
    public static IEnumerable<string> All =>
        Directory.EnumerateFiles(Repository.PathOf("docs", "guide"), "*.md").Prepend(Repository.PathOf("README.md"))
            .Concat(Directory.EnumerateFiles(Repository.PathOf("experiments"), "README.md", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }))
            .Select(page => System.IO.Path.GetRelativePath(Repository.Root, page));

    /// <param name="path">From the root of the repository.</param>
    public static Document Read(string path)
    {
        var blocks = new List<Block>();
        var lines = File.ReadAllLines(Repository.PathOf(path));
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith("```", StringComparison.Ordinal))
                continue;
            var info = lines[i][3..].Trim();
            var begin = ++i;
            while (lines[i] != "```")
                i++;
            var words = info.Split(' ', 2);
            blocks.Add(new Block(words[0], words.ElementAtOrDefault(1) ?? "", string.Join('\n', lines[begin..i]) + "\n", begin + 1));
        }

        return new Document(path, blocks);
    }

    /// <summary>The only block of a kind.</summary>
    public string Single(string language, string role) => Blocks.Single(block => block.Language == language && block.Role == role).Text;
}

/// <summary>A fenced block.</summary>
/// <param name="Language">First word after the fence.</param>
/// <param name="Role">The other words.</param>
/// <param name="Text">What is in it.</param>
/// <param name="Line">Its first line in the page, from 1.</param>
internal sealed record Block(string Language, string Role, string Text, int Line);
