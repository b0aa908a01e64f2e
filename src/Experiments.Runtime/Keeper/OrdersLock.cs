namespace Experiments.Runtime.Keeper;

/// <summary>
/// A file that a keeper holds until it has carried out its worker's last order. A claimed attempt without a process may, while it is held, be
/// starting this moment; afterwards it never started.
/// </summary>
internal static class OrdersLock
{
    /// <summary>Path of the file of a worker's keeper.</summary>
    public static string PathOf(ResultsRoot root, string workerId) => Path.Combine(root.Workers, $"{workerId}.orders");

    /// <summary>Holds the file until it is disposed or this process ends.</summary>
    public static FileStream Hold(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);

    /// <summary>Whether a keeper holds the file.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
