namespace Experiments.Scripting.Tests;

/// <summary><c>#load</c> and <c>#r</c>.</summary>
public sealed class DirectiveSpecs : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_loaded_script_runs_before_the_one_that_loads_it()
    {
        _folder.Write("other.csx", "WriteLine(\"other\");");

        var run = _folder.Run(_folder.Write("main.csx", "#load \"other.csx\"\nWriteLine(\"main\");"));

        Assert.Equal("other\nmain\n", run.Output);
    }

    [Fact]
    public void What_a_loaded_script_declares_may_be_used()
    {
        _folder.Write("lib/model.csx", "const int N = 4;\nvar shared = 3;\nint Twice(int x) => 2 * x;\nrecord Model(int Size);");

        var run = _folder.Run(_folder.Write("main.csx", "#load \"lib/model.csx\"\nWriteLine(Twice(shared) + N + new Model(5).Size);"));

        Assert.Equal("15\n", run.Output);
    }

    [Fact]
    public void Paths_are_relative_to_the_script_that_loads()
    {
        _folder.Write("lib/a.csx", "#load \"deep/b.csx\"\nWriteLine(\"a\");");
        _folder.Write("lib/deep/b.csx", "WriteLine(\"b\");");

        var run = _folder.Run(_folder.Write("main.csx", "#load \"lib/a.csx\"\nWriteLine(\"main\");"));

        Assert.Equal("b\na\nmain\n", run.Output);
    }

    [Fact]
    public void A_script_that_is_loaded_twice_runs_once()
    {
        _folder.Write("c.csx", "WriteLine(\"c\");");
        _folder.Write("a.csx", "#load \"c.csx\"");
        _folder.Write("b.csx", "#load \"c.csx\"");

        Assert.Equal("c\n", _folder.Run(_folder.Write("main.csx", "#load \"a.csx\"\n#load \"b.csx\"\n#load \"./c.csx\"")).Output);
    }

    [Fact]
    public void Scripts_that_load_each_other_end()
    {
        _folder.Write("a.csx", "#load \"main.csx\"\nWriteLine(\"a\");");

        Assert.Equal("a\nmain\n", _folder.Run(_folder.Write("main.csx", "#load \"a.csx\"\nWriteLine(\"main\");")).Output);
    }

    [Fact]
    public void A_missing_file_is_an_error_at_its_name()
    {
        var problem = Assert.Single(_folder.Problems(_folder.Write("main.csx", "\n#load \"missing.csx\"\nWriteLine(1);")), p => p.IsError);

        Assert.Equal(("EXP9002", 2, 7), (problem.Id, problem.Line, problem.Column));
        Assert.Contains("`missing.csx`", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_a_loaded_script_is_reported_there()
    {
        var path = _folder.Write("lib.csx", "int x = 1;\nint y = \"text\";");

        var problem = Assert.Single(_folder.Problems(_folder.Write("main.csx", "#load \"lib.csx\"")), p => p.IsError);

        Assert.Equal((path, "CS0029", 2, 9), (problem.Path, problem.Id, problem.Line, problem.Column));
    }

    [Fact]
    public void An_assembly_is_referenced_by_its_path()
    {
        File.Copy(typeof(FactAttribute).Assembly.Location, Path.Combine(_folder.Folder, "xunit.core.dll"));

        var run = _folder.Run(_folder.Write("main.csx", "#r \"xunit.core.dll\"\nWriteLine(new Xunit.FactAttribute { Skip = \"why\" }.Skip);"));

        Assert.Equal("why\n", run.Output);
    }

    [Fact]
    public void An_assembly_of_the_framework_may_be_referenced_and_need_not() =>
        Assert.Equal("ok\n", _folder.Run(_folder.Write("main.csx", "#r \"System.Net.Http\"\n#r \"System.Xml.dll\"\nWriteLine(typeof(System.Net.Http.HttpClient) is null ? \"\" : \"ok\");")).Output);

    [Theory]
    [InlineData("#r \"nuget: \"\n", "EXP9003")]
    [InlineData("#r \"nuget: A b, 1.0\"\n", "EXP9003")]
    [InlineData("#r \"nuget: Name, 1.0; rm -rf\"\n", "EXP9003")]
    [InlineData("#load \"nuget: simple-targets-csx, 6.0.0\"\n", "EXP9004")]
    [InlineData("#r \"missing.dll\"\n", "EXP9002")]
    [InlineData("WriteLine(1);\n#r \"late.dll\"\n", "CS7009")]
    [InlineData("#load\n", "CS7010")]
    public void A_directive_that_cannot_work_is_an_error(string script, string id) =>
        Assert.Contains(_folder.Problems(_folder.Write("main.csx", script)), p => p.Id == id && p.IsError && p.Line > 0);

    [Fact]
    public void Two_versions_of_a_package_are_an_error_at_the_second()
    {
        _folder.Write("lib.csx", "#r \"nuget: YamlDotNet, 16.3.0\"");

        var problem = Assert.Single(_folder.Problems(_folder.Write("main.csx", "#load \"lib.csx\"\n#r \"nuget: yamldotnet, 16.2.1\"\nWriteLine(1);")));

        Assert.Equal(("EXP9008", 2, 4), (problem.Id, problem.Line, problem.Column));
        Assert.Equal("expected one version of package `yamldotnet`, got `16.3.0` and `16.2.1`; name the same in every script", problem.Message);
    }

    [Fact]
    public void A_package_is_restored_once_and_remembered()
    {
        var script = _folder.Write("main.csx", "#r \"nuget: YamlDotNet, 16.3.0\"\nusing YamlDotNet.Serialization;\nWrite(new SerializerBuilder().Build().Serialize(new { A = 1 }));");

        Assert.Equal("A: 1\n", _folder.Run(script).Output.ReplaceLineEndings("\n"));

        // Offline from here on: the sources lead nowhere, and the script changed.
        var remembered = File.GetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(_folder.Cache.Packages)));
        File.AppendAllText(script, "WriteLine(\"changed\");");
        Assert.Equal("A: 1\nchanged\n", _folder.Run(script).Output.ReplaceLineEndings("\n"));
        Assert.Equal(remembered, File.GetLastWriteTimeUtc(Assert.Single(Directory.GetFiles(_folder.Cache.Packages))));
    }

    [Fact]
    public void A_package_brings_its_native_libraries() =>
        Assert.StartsWith("3.", _folder.Run(_folder.Write("main.csx",
            "#r \"nuget: SQLitePCLRaw.bundle_e_sqlite3, [2.0.6]\"\nSQLitePCL.Batteries_V2.Init();\nWriteLine(SQLitePCL.raw.sqlite3_libversion().utf8_to_string());")).Output, StringComparison.Ordinal);

    [Fact]
    public void A_package_that_does_not_exist_is_an_error_that_names_it()
    {
        var script = _folder.Write("main.csx", "#r \"nuget: No.Such.Package.Anywhere, 1.0.0\"\nWriteLine(1);");

        var error = Assert.Throws<ExperimentsException>(() => _folder.Host.Prepare(script));

        Assert.Equal("EXP9006", error.Code);
        Assert.Contains("No.Such.Package.Anywhere", error.Message, StringComparison.Ordinal);
    }
}
