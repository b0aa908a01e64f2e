namespace Experiments.Runtime.Keeper;

/// <summary>What a worker asks its keeper to start. The environment is the keeper's own with these variables set.</summary>
/// <param name="Id">Chosen by the worker; every answer names it.</param>
/// <param name="Record">Path of the <see cref="ProcessRecord"/>.</param>
/// <param name="Command">Absolute path of the executable and its arguments.</param>
/// <param name="Variables"><c>NAME=value</c>, among them <c>EXP_RUN_DIR</c>, by which descendants of the attempt are recognised.</param>
/// <param name="WorkingDirectory">Absolute directory to run in.</param>
/// <param name="Log">Absolute path of the file that output is appended to.</param>
internal sealed record SpawnOrder(long Id, string Record, IReadOnlyList<string> Command, IReadOnlyList<string> Variables, string WorkingDirectory, string Log)
{
    /// <summary>Writes the order to the keeper.</summary>
    public void Write(BinaryWriter to)
    {
        to.Write(Id);
        to.Write(Record);
        WriteList(to, Command);
        WriteList(to, Variables);
        to.Write(WorkingDirectory);
        to.Write(Log);
        to.Flush();
    }

    /// <summary>Reads the next order.</summary>
    /// <exception cref="EndOfStreamException">The worker has ended.</exception>
    public static SpawnOrder Read(BinaryReader from) =>
        new(from.ReadInt64(), from.ReadString(), ReadList(from), ReadList(from), from.ReadString(), from.ReadString());

    private static void WriteList(BinaryWriter to, IReadOnlyList<string> texts)
    {
        to.Write(texts.Count);
        foreach (var text in texts)
            to.Write(text);
    }

    private static string[] ReadList(BinaryReader from)
    {
        var texts = new string[from.ReadInt32()];
        for (var i = 0; i < texts.Length; i++)
            texts[i] = from.ReadString();
        return texts;
    }
}

/// <summary>What a keeper tells its worker.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Id">The order it is about.</param>
/// <param name="Number">Process id, exit code, signal, or the operating system's error number.</param>
/// <param name="StartTicks">With <see cref="KeeperNewsKind.Started"/>: start time of the process in clock ticks since boot.</param>
/// <param name="Text">With <see cref="KeeperNewsKind.Refused"/>: what went wrong.</param>
internal readonly record struct KeeperNews(KeeperNewsKind Kind, long Id, int Number, long StartTicks = 0, string Text = "")
{
    /// <summary>Writes the news to the worker.</summary>
    public void Write(BinaryWriter to)
    {
        to.Write((byte)Kind);
        to.Write(Id);
        to.Write(Number);
        to.Write(StartTicks);
        to.Write(Text);
        to.Flush();
    }

    /// <summary>Reads the next news.</summary>
    /// <exception cref="EndOfStreamException">The keeper has ended.</exception>
    public static KeeperNews Read(BinaryReader from) =>
        new((KeeperNewsKind)from.ReadByte(), from.ReadInt64(), from.ReadInt32(), from.ReadInt64(), from.ReadString());
}

/// <summary>Kinds of <see cref="KeeperNews"/>.</summary>
internal enum KeeperNewsKind : byte
{
    /// <summary>The process has started.</summary>
    Started,

    /// <summary>The process could not be started.</summary>
    Refused,

    /// <summary>The process exited.</summary>
    Exited,

    /// <summary>A signal killed the process.</summary>
    Killed,
}
