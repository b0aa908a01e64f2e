using System.Runtime.InteropServices;

namespace Experiments.Runtime.Tests.Publishing;

/// <summary>Lets something be done by somebody whom permissions bind. Tests run as root often, and nothing is forbidden to root.</summary>
internal static partial class AsSomebody
{
    private const uint Somebody = 12345;

    /// <summary>Gives a directory and what is in it to somebody, and acts as that user. Only this thread becomes somebody else.</summary>
    public static void Do(string directory, Action act)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            act();
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(directory, "*", SearchOption.AllDirectories).Append(directory))
            Assert.Equal(0, lchown(entry, Somebody, Somebody));
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            _ = setfsgid(Somebody);
            _ = setfsuid(Somebody);
            failure = Record.Exception(act);
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int lchown(string path, uint owner, uint group);

    [LibraryImport("libc")]
    private static partial int setfsuid(uint user);

    [LibraryImport("libc")]
    private static partial int setfsgid(uint group);
}
