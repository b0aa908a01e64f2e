using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Experiments.Registry.Storage;

/// <summary>
/// Chooses the SQLite library of this process: the system's where it is newer than the bundled one, which is built without
/// sub-second sleeps, so that a lock held for 20 ms costs a waiter a whole second.
/// </summary>
internal static unsafe class SqliteLibrary
{
    private const int BundledVersion = 3_035_005;

    // The static constructor runs once, before the first use of SQLite by this assembly.
    static SqliteLibrary()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // The program that hosts us has chosen a library already; its choice stands.
        }

        raw.SetProvider(new SQLite3Provider_e_sqlite3());
    }

    /// <summary>Version of the library in use, such as <c>3.40.1</c>.</summary>
    public static string Version => raw.sqlite3_libversion().utf8_to_string();

    /// <summary>Makes sure the library is chosen.</summary>
    public static void Load()
    {
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        var system = OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";
        if (name != "e_sqlite3" || OperatingSystem.IsWindows() || !NativeLibrary.TryLoad(system, out var library))
            return 0;
        if (NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version)
            && NativeLibrary.TryGetExport(library, "sqlite3_threadsafe", out var threadSafe)
            && ((delegate* unmanaged<int>)version)() > BundledVersion
            && ((delegate* unmanaged<int>)threadSafe)() != 0)
            return library;
        NativeLibrary.Free(library);
        return 0;
    }
}
