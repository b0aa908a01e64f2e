using System.Text;
using Experiments.Generators.Python.Syntax;
using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Python;

/// <summary>The reader takes every text, ends, and understands the Python of this repository whole.</summary>
public class ReaderTests
{
    private const int Rounds = 400;

    public static TheoryData<string> Scripts =>
    [
        .. Directory.EnumerateFiles(Checkout.PathOf("experiments"), "*.py", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/bin/") && !file.Contains("/obj/") && !file.Contains("/.")).Select(file => Path.GetRelativePath(Checkout.Root, file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_script_of_the_examples_is_understood_whole(string file) => Assert.True(PythonParser.Parse(File.ReadAllText(Checkout.PathOf(file))).IsWhole);

    [Fact]
    public void Random_text_is_read_to_its_end()
    {
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(300); length > 0; length--)
                text.Append((char)(random.Next(4) == 0 ? random.Next(0xD7FF) : random.Next(127)));
            PythonParser.Parse(text.ToString());
        }
    }

    [Fact]
    public void Pieces_of_Python_in_any_order_are_read_to_their_end()
    {
        string[] pieces = ["def ", "f", "(", ")", ":", "\n", "    ", "if ", "else", "[", "]", "{", "}", "'", "\"\"\"", "f'{", "lambda ", "*", "**", "=", ",", "@", "class ", "match ", "case ", "return ", "import ", "from ", ".", "...", "not ", "in ", "is ", "for ", "while ", "try", "except", "with ", "as ", "async ", "await ", "yield ", "1", "0x", "1e", "\\", "\\\n", "#", ";", "->", ":=", "\t", "\r\n", "}'", "%"];
        var random = new Random(2);
        for (var i = 0; i < Rounds * 5; i++)
            PythonParser.Parse(string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => pieces[random.Next(pieces.Length)])));
    }

    [Fact]
    public void A_shape_that_ends_anywhere_is_read_and_never_raises_an_exception()
    {
        foreach (var file in Directory.EnumerateFiles(Shape.Folder, "*.txt"))
        {
            var text = File.ReadAllText(file);
            for (var end = 0; end < text.Length; end += 17)
                Shape.Found(new PythonFiles(("train.py", text[..end])), """[Experiment("run"), Entrypoint("train.py")] public partial record Run { }""");
        }
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("-")]
    [InlineData("not ")]
    [InlineData("f(")]
    [InlineData("a if b else ")]
    [InlineData("lambda: ")]
    [InlineData("2**")]
    [InlineData("await ")]
    [InlineData("a.b[")]
    [InlineData("if x:\n ")]
    [InlineData("x = ")]
    public void Nesting_deeper_than_any_stack_is_skipped(string open) => PythonParser.Parse(string.Concat(Enumerable.Repeat(open, 50_000)));

    [Fact]
    public void Blocks_nested_deeper_than_any_stack_are_skipped() =>
        PythonParser.Parse(string.Concat(Enumerable.Range(0, 2_000).Select(depth => new string(' ', depth) + "if x:\n")) + new string(' ', 2_000) + "pass\n");

    [Fact]
    public void Many_alternatives_are_skipped_where_they_would_nest_too_deep() =>
        PythonParser.Parse("if a:\n  pass\n" + string.Concat(Enumerable.Repeat("elif b:\n  pass\n", 20_000)));
}
