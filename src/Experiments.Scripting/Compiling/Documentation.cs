using System.Globalization;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Experiments.Scripting.Compiling;

/// <summary>The XML documentation beside an assembly, read when somebody hovers over a member of it.</summary>
internal sealed class Documentation : DocumentationProvider
{
    private readonly string _path;
    private readonly Lazy<Dictionary<string, string>> _members;

    private Documentation(string path)
    {
        _path = path;
        _members = new(Read);
    }

    public static Documentation Of(string assembly) => new(Path.ChangeExtension(assembly, ".xml"));

    public override bool Equals(object? obj) => obj is Documentation other && other._path == _path;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_path);

    protected override string? GetDocumentationForSymbol(string documentationMemberID, CultureInfo preferredCulture, CancellationToken cancellationToken = default) =>
        _members.Value.GetValueOrDefault(documentationMemberID);

    private Dictionary<string, string> Read()
    {
        var members = new Dictionary<string, string>();
        if (!File.Exists(_path))
            return members;
        try
        {
            foreach (var member in XDocument.Load(_path).Descendants("member"))
                members[member.Attribute("name")?.Value ?? ""] = member.ToString();
        }
        catch (Exception e) when (e is System.Xml.XmlException or IOException or UnauthorizedAccessException)
        {
            // Damaged documentation leaves a member undocumented; it is no error of the script.
            members.Clear();
        }

        return members;
    }
}
