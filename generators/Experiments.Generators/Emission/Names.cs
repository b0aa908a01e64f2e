using Experiments.Generators.Models;
using Experiments.Generators.Parsing;

namespace Experiments.Generators.Emission;

/// <summary>The names that generated code gives to what it needs for the types of a configuration.</summary>
internal sealed class Names
{
    private readonly Dictionary<string, string> _enums = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _drafts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal) { "Draft" };

    private Names()
    {
    }

    /// <summary>The enums, in the order they are met.</summary>
    public List<EnumModel> Enums { get; } = [];

    /// <summary>The records: the experiment's own first, then nested ones in the order they are met.</summary>
    public List<RecordModel> Records { get; } = [];

    /// <summary>Names everything an experiment's configuration is made of. Linear, so that the same model always gives the same names.</summary>
    public static Names Of(RecordModel record)
    {
        var names = new Names();
        names._drafts.Add(record.Type, "Draft");
        names.Records.Add(record);
        names.Visit(record);
        return names;
    }

    /// <summary>The table of an enum: <c>DatasetNames</c>.</summary>
    public string Table(EnumModel model) => _enums[model.Type] + "Names";

    /// <summary>The method that gives an enum value's name as UTF-8: <c>DatasetName</c>.</summary>
    public string Namer(EnumModel model) => _enums[model.Type] + "Name";

    /// <summary>The method that gives the name a value is identified by: another one only where members had former names.</summary>
    public string IdentityNamer(EnumModel model) => _enums[model.Type] + (model.HasFormerNames ? "IdentityName" : "Name");

    /// <summary>The draft of a record: <c>OptimizerDraft</c>.</summary>
    public string Draft(RecordModel model) => _drafts[model.Type];

    /// <summary>The method that writes a record: <c>WriteOptimizer</c>.</summary>
    public string Writer(RecordModel model) => "Write" + Stem(model);

    /// <summary>The method that writes what identifies a record: <c>IdentifyOptimizer</c>.</summary>
    public string Identifier(RecordModel model) => (model.HasOwnIdentity ? "Identify" : "Write") + Stem(model);

    /// <summary>The method that validates a record: <c>ValidateOptimizer</c>.</summary>
    public string Validator(RecordModel model) => "Validate" + Stem(model);

    /// <summary>A name in camel case, as a local variable.</summary>
    public static string Local(string name) => Symbols.Escape(char.ToLowerInvariant(name[0]) + name.Substring(1));

    private string Stem(RecordModel model)
    {
        var draft = _drafts[model.Type];
        return draft.Substring(0, draft.Length - "Draft".Length);
    }

    private void Visit(RecordModel record)
    {
        foreach (var property in record.Properties)
        {
            var value = property.Value.Element ?? property.Value;
            if (value.Enum is { } model && !_enums.ContainsKey(model.Type))
            {
                _enums.Add(model.Type, Unused(Last(model.Type), ""));
                Enums.Add(model);
            }

            if (value.Record is { } nested && !_drafts.ContainsKey(nested.Type))
            {
                _drafts.Add(nested.Type, Unused(Last(nested.Type), "Draft"));
                Records.Add(nested);
                Visit(nested);
            }
        }
    }

    private string Unused(string stem, string suffix)
    {
        var name = stem + suffix;
        for (var i = 2; !_used.Add(name); i++)
            name = stem + i.ToString(System.Globalization.CultureInfo.InvariantCulture) + suffix;
        return name;
    }

    /// <summary>The simple name of a type, without its type arguments.</summary>
    public static string Last(string type)
    {
        var name = type.IndexOf('<') is var open and >= 0 ? type.Substring(0, open) : type;
        return name.Substring(name.LastIndexOfAny(['.', ':']) + 1).TrimStart('@');
    }
}
