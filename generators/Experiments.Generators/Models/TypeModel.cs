namespace Experiments.Generators.Models;

/// <summary>A type as generated code names and reopens it.</summary>
/// <param name="Namespace">Namespace with keywords escaped; empty for the global one.</param>
/// <param name="Containers">The types it is nested in, outermost first, as <c>partial record Outer</c>.</param>
/// <param name="Keyword"><c>record</c>, or <c>record struct</c>.</param>
/// <param name="Identifier">Its name with keywords escaped.</param>
/// <param name="FullName">Its name from <c>global::</c> on.</param>
/// <param name="Accessibility"><c>public</c> or <c>internal</c> as seen from outside, all containers considered; empty when other files cannot name it.</param>
internal sealed record TypeModel(
    string Namespace, EquatableArray<string> Containers, string Keyword, string Identifier, string FullName, string Accessibility)
{
    /// <summary>The name without the escape of a keyword.</summary>
    public string Name => Identifier.TrimStart('@');

    /// <summary>Whether the catalogue and extension methods can name it.</summary>
    public bool IsReachable => Accessibility.Length > 0;

    /// <summary>The full name as part of a file or type name: <c>MyApp.Outer.Classifier</c>.</summary>
    public string DottedName => FullName.Replace("global::", "").Replace("@", "");
}
