using Experiments.Generators.Python.Contract;
using Experiments.Generators.Python.Reading;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Tests.Python;

/// <summary>Editing C# does not read Python again; editing a Python file, or adding one, does.</summary>
public class CachingTests
{
    private static readonly Script _script = new(true, "pkg.train", []);

    private static readonly (string, string)[] _files =
    [
        ("pkg/train.py", "from pkg.options import parser\nparser().parse_args()\n"),
        ("pkg/options.py", "import argparse\ndef parser():\n    p = argparse.ArgumentParser()\n    p.add_argument('--lr')\n    return p\n"),
    ];

    private static SourceTree Tree(PythonFiles files) => new HandedOver(new AnalyzerOptions(files.Texts, files)).Tree(null)!;

    [Fact]
    public void The_same_texts_give_the_same_command_line()
    {
        var files = new PythonFiles(_files);
        Assert.Same(_script.CommandLine(Tree(files), "pkg/train.py"), _script.CommandLine(Tree(files), "pkg/train.py"));
    }

    [Fact]
    public void Another_text_of_an_imported_file_is_read()
    {
        var files = new PythonFiles(_files);
        var edited = files.With("pkg/options.py", _files[1].Item2.Replace("--lr", "--rate"));
        Assert.Equal("--lr", Assert.Single(_script.CommandLine(Tree(files), "pkg/train.py")!.Options).Name);
        Assert.Equal("--rate", Assert.Single(_script.CommandLine(Tree(edited), "pkg/train.py")!.Options).Name);
    }

    [Fact]
    public void A_file_that_comes_in_between_is_read()
    {
        var files = new PythonFiles(_files);
        Assert.NotNull(_script.CommandLine(Tree(files), "pkg/train.py"));
        Assert.Null(_script.CommandLine(Tree(files.With("argparse.py", "class ArgumentParser: pass\n")), "pkg/train.py"));
    }
}
