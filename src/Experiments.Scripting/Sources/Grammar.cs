using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Scripting.Sources;

/// <summary>How scripts are parsed.</summary>
internal static class Grammar
{
    private static readonly string[] Symbols =
        ["NET", "NETCOREAPP", $"NET{Environment.Version.Major}_0", .. Enumerable.Range(5, Environment.Version.Major - 4).Select(v => $"NET{v}_0_OR_GREATER"), "RELEASE", "TRACE"];

    /// <summary>Statements at the top level.</summary>
    public static CSharpParseOptions Script { get; } = new(LanguageVersion.Latest, DocumentationMode.Parse, SourceCodeKind.Script, Symbols);

    /// <summary>Types and members.</summary>
    public static CSharpParseOptions Regular { get; } = Script.WithKind(SourceCodeKind.Regular);

    /// <summary>What every script may use without a <c>using</c>: dotnet-script's list, and ours.</summary>
    public static string[] Imports { get; } =
    [
        "System", "System.IO", "System.Collections.Generic", "System.Console", "System.Diagnostics", "System.Dynamic", "System.Linq", "System.Linq.Expressions",
        "System.Text", "System.Threading.Tasks", "Experiments", "Experiments.Scripting.ScriptGlobals",
    ];

    /// <summary>Which of <see cref="Imports"/> are types, whose static members are meant.</summary>
    public static string[] ImportedTypes { get; } = ["System.Console", "Experiments.Scripting.ScriptGlobals"];
}
