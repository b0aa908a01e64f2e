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

    [Fact]
    public void A_second_publication_takes_away_what_the_first_left_and_nothing_else()
    {
        Stage(1, "model.pt", "old");
        Stage(1, "plots/a.png", "old");
        Stage(1, "run.json", "old");
        Publisher.Publish(Home, 1);
        File.WriteAllText(Path.Combine(Home.Directory, "notes.md"), "mine");
        Stage(2, "model.pt", "new");

        Publisher.Publish(Home, 2);

        Assert.Equal("new", File.ReadAllText(Path.Combine(Home.Directory, "model.pt")));
        Assert.False(Directory.Exists(Path.Combine(Home.Directory, "plots")));
        Assert.False(File.Exists(Path.Combine(Home.Directory, Publisher.ClashDirectory, "run.json")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Home.Directory, "notes.md")));
    }

    [Fact]
    public void A_publication_that_is_interrupted_anywhere_ends_the_same_when_it_is_repeated()
    {
        for (var interruption = 1; ; interruption++)
        {
            using var again = new PublisherTests();
            again.Stage(1, "a", "1");
            again.Stage(1, "plots/x", "1");
            again.Stage(1, "old/y", "1");
            Publisher.Publish(again.Home, 1);
            again.Stage(2, "a", "2");
            again.Stage(2, "plots/z", "2");
            again.Stage(2, "logs", "2");
            var left = interruption;
            var interrupted = false;
            try
            {
                Publisher.Publish(again.Home, 2, _ => { if (--left == 0) throw new IOException("interrupted"); });
            }
            catch (IOException)
            {
                interrupted = true;
            }

            Publisher.Publish(again.Home, 2);

            Assert.Equal(["a", "outputs/logs", "plots/z"], Directory.GetFiles(again.Home.Directory, "*", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(again.Home.Directory, f)).Where(f => !f.StartsWith("attempts")).Order(StringComparer.Ordinal));
            Assert.Equal("2", File.ReadAllText(Path.Combine(again.Home.Directory, "a")));
            Assert.False(Directory.Exists(again.Home.Staging(2)));
            if (!interrupted)
            {
                Assert.True(interruption > 8);
                return;
            }
        }
    }

    [Fact]
    public void An_edited_record_cannot_make_publishing_delete_other_files()
    {
        Stage(1, "model.pt", "old");
        Publisher.Publish(Home, 1);
        var outside = Path.Combine(_directory.Parent!.FullName, Guid.NewGuid().ToString("n"));
        File.WriteAllText(outside, "");
        File.WriteAllText(Home.Staging(1) + PublishedEntries.Suffix, $$"""
            {"entries":["../{{Path.GetFileName(outside)}}","{{outside}}","logs","outputs/../../{{Path.GetFileName(outside)}}",".."]}

            """);
        Directory.CreateDirectory(Path.Combine(Home.Directory, "logs"));
        Stage(2, "model.pt", "new");

        Publisher.Publish(Home, 2);

        Assert.True(File.Exists(outside) && Directory.Exists(Path.Combine(Home.Directory, "logs")));
        File.Delete(outside);
    }

    private void Stage(int attempt, string file, string contents)
    {
        var path = Path.Combine(Home.Staging(attempt), file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, contents);
        File.WriteAllText(Home.ProcessRecord(attempt), "{}\n");
    }
}
