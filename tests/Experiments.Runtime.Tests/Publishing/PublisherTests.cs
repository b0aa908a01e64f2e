using Experiments.Runtime.Publishing;

namespace Experiments.Runtime.Tests.Publishing;

public sealed class PublisherTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("experiments-");

    private RunHome Home => new(_directory.FullName);

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_second_publication_replaces_files_and_whole_directories()
    {
        Stage(1, "model.pt", "old");
        Stage(1, "plots/a.png", "old");
        Publisher.Publish(Home, 1);
        Stage(2, "model.pt", "new");
        Stage(2, "plots/b.png", "new");

        Publisher.Publish(Home, 2);

        Assert.Equal("new", File.ReadAllText(Path.Combine(Home.Directory, "model.pt")));
        Assert.Equal(["b.png"], Directory.GetFiles(Path.Combine(Home.Directory, "plots")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_publication_that_was_interrupted_is_completed()
    {
        Stage(1, "a", "1");
        Stage(1, "b", "2");
        File.Move(Path.Combine(Home.Staging(1), "a"), Path.Combine(Home.Directory, "a"));

        Publisher.Publish(Home, 1);
        Publisher.Publish(Home, 1);

        Assert.Equal(("1", "2"), (File.ReadAllText(Path.Combine(Home.Directory, "a")), File.ReadAllText(Path.Combine(Home.Directory, "b"))));
        Assert.False(Directory.Exists(Home.Staging(1)));
    }

    [Fact]
    public void Links_are_moved_as_they_are()
    {
        var elsewhere = _directory.CreateSubdirectory("elsewhere");
        File.WriteAllText(Path.Combine(elsewhere.FullName, "kept"), "");
        Stage(1, "file", "");
        File.CreateSymbolicLink(Path.Combine(Home.Staging(1), "to-directory"), elsewhere.FullName);
        File.CreateSymbolicLink(Path.Combine(Home.Staging(1), "to-nothing"), "nothing");

        Publisher.Publish(Home, 1);

        Assert.Equal(elsewhere.FullName, new FileInfo(Path.Combine(Home.Directory, "to-directory")).LinkTarget);
        Assert.Equal("nothing", new FileInfo(Path.Combine(Home.Directory, "to-nothing")).LinkTarget);
        Assert.True(File.Exists(Path.Combine(elsewhere.FullName, "kept")));
    }

    private void Stage(int attempt, string file, string contents)
    {
        var path = Path.Combine(Home.Staging(attempt), file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, contents);
        File.WriteAllText(Home.ProcessRecord(attempt), "{}\n");
    }
}
