namespace Experiments.Scripting;

/// <summary>What a script may use besides the language and the framework.</summary>
public static class ScriptGlobals
{
    /// <summary>What stands on the command line behind the script's name.</summary>
    public static IList<string> Args { get; internal set; } = [];

    /// <summary>Writes a value and a line end to standard output.</summary>
    public static void Print(object? value) => Console.WriteLine(value);
}
