using System.Diagnostics;
using Experiments.Runtime.Publishing;

namespace Experiments.Runtime.Tests.Publishing;

/// <summary>What trainers write that is neither a file nor a directory with a decent name.</summary>
public sealed class StrangeEntriesTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("experiments-");

    private RunHome Home => new(Path.Combine(_directory.FullName, "home"));

    public void Dispose()
    {
        Shell($"chmod -R u+rwx '{_directory.FullName}'");
        // .NET can't delete what is not named in UTF-8.
        Shell($"rm -rf '{_directory.FullName}'");
    }

    [Theory]
    [InlineData("mkfifo pipe")]
    [InlineData("mkfifo pipe; mkdir -p data; mkfifo data/pipe")]
    [InlineData("python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"sock\")'")]
    [InlineData("ln -s /dev/zero zero; ln -s nothing nothing; ln -s . self")]
    [InlineData("""echo hi > "$(printf 'caf\351.txt')" """)]
    [InlineData("""mkdir data "$(printf '\377')"; echo hi > "data/$(printf 'caf\351.txt')"; echo hi > "$(printf '\377/\376')" """)]
    [InlineData("for i in $(seq 30); do mkdir $(printf 'x%.0s' $(seq 200)); cd -P $(printf 'x%.0s' $(seq 200)); done; echo deep > file")]
    public async Task Whatever_it_is_is_brought_to_the_disk_and_published_and_replaced_by_the_next(string script)
    {
        Stage(1, script);
        Stage(2, script);
        Stage(3, "echo hi > file");
        await Task.Run(() =>
        {
            foreach (var attempt in new[] { 1, 2, 3 })
            {
                var wrote = Listing(Home.Staging(attempt));

                Publisher.Flush(Home, attempt);
                Publisher.Publish(Home, attempt);

                Assert.False(Directory.Exists(Home.Staging(attempt)));
                Assert.Equal(wrote, Listing(Home.Directory));
            }
        }).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("mkdir ro; echo hi > ro/file; chmod 555 ro", "ro")]
    [InlineData("mkdir closed; echo hi > closed/file; chmod 0 closed", "closed")]
    [InlineData("mkdir -p a/b/c; chmod 555 a/b/c a/b a", "a")]
    [InlineData("echo hi > file; chmod 0 file", "file")]
    [InlineData("echo hi > file; chmod 555 .", "file")]
    [InlineData("echo hi > file; chmod 0 .", "file")]
    public void What_its_owner_has_closed_is_published_as_it_is_and_replaced_by_the_next(string script, string entry)
    {
        Stage(1, script);
        Stage(2, script);
        var path = Path.Combine(Home.Directory, entry);
        var mode = Mode(Path.Combine(Home.Staging(1), entry));
        AsSomebody.Do(_directory.FullName, () =>
        {
            foreach (var attempt in new[] { 1, 2 })
            {
                Publisher.Flush(Home, attempt);
                Publisher.Publish(Home, attempt);

                Assert.True(Path.Exists(path));
                Assert.False(Path.Exists(Home.Staging(attempt)));
            }
        });
        Assert.Equal(mode, Mode(path));
    }

    [Fact]
    public void A_read_only_directory_that_somebody_put_in_the_way_is_not_opened_by_force()
    {
        Stage(1, "mkdir data");
        Shell($"cd '{Home.Directory}'; mkdir data; echo mine > data/precious; chmod 555 data");

        AsSomebody.Do(_directory.FullName, () => Assert.Throws<UnauthorizedAccessException>(() => Publisher.Publish(Home, 1)));

        Assert.Equal("mine\n", File.ReadAllText(Path.Combine(Home.Directory, "data", "precious")));
    }

    [Fact]
    public void Nothing_outside_the_attempts_directory_is_looked_at()
    {
        var outside = _directory.CreateSubdirectory("outside");
        Shell($"cd '{outside.FullName}'; mkdir inner; echo mine > inner/file; chmod 0 inner/file; chmod 0 inner; chmod 555 .");
        Stage(1, $"ln -s '{outside.FullName}' data; mkdir ro; ln -s '{outside.FullName}' ro/data; chmod 555 ro");
        Stage(2, "true");

        AsSomebody.Do(_directory.FullName, () =>
        {
            using (var staging = OpenDirectory.At(Home.Staging(1)))
                Assert.True(staging!.TryFlushAll());
            Publisher.Publish(Home, 1);
            Publisher.Publish(Home, 2);
        });

        Assert.Equal("", Listing(Home.Directory));
        Assert.Equal(("555", "0", "0"), (Mode(outside.FullName), Mode(outside.FullName + "/inner"), Mode(outside.FullName + "/inner/file")));
    }

    [Fact]
    public void A_trainer_that_puts_a_link_in_place_of_its_directory_publishes_nothing()
    {
        var outside = _directory.CreateSubdirectory("outside");
        Shell($"echo mine > '{outside.FullName}/file'");
        Stage(1, $"rmdir \"$PWD\"; ln -s '{outside.FullName}' \"$PWD\"");

        Publisher.Flush(Home, 1);
        Publisher.Publish(Home, 1);

        Assert.Equal("", Listing(Home.Directory));
        Assert.True(File.Exists(Path.Combine(outside.FullName, "file")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("\0..")]
    [InlineData("\0a/\xe9")]
    [InlineData("\0\xe9\0")]
    [InlineData("a\0")]
    [InlineData("\0caf\u0100\xe9")]
    public void A_name_in_a_record_that_is_none_is_refused(string name) => Assert.False(EntryName.IsValid(name));

    [Theory]
    [InlineData("café.txt", "café.txt")]
    [InlineData("\0caf\xe9.txt", @"caf\xe9.txt")]
    public void A_name_is_kept_byte_by_byte_and_can_be_read(string name, string shown)
    {
        Assert.True(EntryName.IsValid(name));
        Assert.Equal(name, EntryName.Of(EntryName.Bytes(name).AsSpan(..^1)));
        Assert.Equal(shown, EntryName.Shown(name));
    }

    private void Stage(int attempt, string script)
    {
        Directory.CreateDirectory(Home.Staging(attempt));
        File.WriteAllText(Home.ProcessRecord(attempt), "{}\n");
        Shell($"cd '{Home.Staging(attempt)}'; {script}");
    }

    /// <summary>Types and names of everything, but for what is the home's own.</summary>
    private static string Listing(string directory) => Shell($"cd '{directory}'; find . -mindepth 1 -path ./attempts -prune -o -mindepth 1 -printf '%y %P\\n' | LC_ALL=C sort | cat -v");

    private static string Mode(string path) => Shell($"stat -c %a '{path}'").Trim();

    private static string Shell(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true })!;
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return output;
    }
}
