using Experiments.Generators.Python.CommandLines;

namespace Experiments.Generators.Python.Reading;

/// <summary>Calls of <c>add_argument</c>.</summary>
internal static class ArgumentReader
{
    public static void Add(ParserValue parser, IReadOnlyList<(string? Name, Value Value)> arguments, bool isMaybe)
    {
        var command = parser.Command;
        var names = arguments.Where(argument => argument.Name is null).Select(argument => Truth.Text(argument.Value)).ToList();
        if (names.Count == 0 || names.Contains(null) || arguments.Any(argument => argument.Name == "*"))
        {
            command.IsOpen = true;
            return;
        }

        var isSpread = arguments.Any(argument => argument.Name == "**");
        var keywords = arguments.Where(argument => argument.Name is not (null or "**")).GroupBy(argument => argument.Name!).ToDictionary(group => group.Key, group => group.First().Value);
        var nargs = Get(keywords, "nargs");
        if (Truth.Text(nargs) == "..." || nargs is LibraryValue { Name: "argparse.REMAINDER" })
            command.IsOpen = true;
        var takes = isSpread ? Takes.Unknown : TakesOf(Get(keywords, "action"), nargs);
        var type = TypeOf(Get(keywords, "type"), out var isKnownType);
        var choices = isKnownType ? Truth.Texts(Get(keywords, "choices")) : null;
        if (names[0]!.Length > 0 && names[0]![0] != '-')
        {
            var isOptional = isMaybe || isSpread || takes is Takes.OptionalValue or Takes.Unknown || Truth.Text(nargs) == "*";
            command.Positionals.Add(new Positional(names[0]!, !isOptional, takes == Takes.Values, choices));
            return;
        }

        if (takes == Takes.NothingOrNo)
            names.AddRange(names.Where(name => name!.StartsWith("--", StringComparison.Ordinal)).Select(name => "--no-" + name!.Substring(2)).ToList());
        var action = Truth.Text(Get(keywords, "action"));
        command.Options.Add(new Option(names.ConvertAll(name => name!))
        {
            Takes = takes,
            Type = type,
            Choices = choices,
            IsRequired = !isMaybe && Truth.Flag(Get(keywords, "required")) == true,
            Default = keywords.TryGetValue("default", out var given) ? Truth.Flag(given) : action == "store_true" ? false : action == "store_false" ? true : null,
            Group = parser.Group,
        });
    }

    private static Value? Get(Dictionary<string, Value> keywords, string name) => keywords.TryGetValue(name, out var value) ? value : null;

    private static Takes TakesOf(Value? action, Value? nargs)
    {
        switch (action)
        {
            case null:
                break;
            case LibraryValue { Name: "argparse.BooleanOptionalAction" }:
                return Takes.NothingOrNo;
            default:
                switch (Truth.Text(action))
                {
                    case "store" or "append" or "extend":
                        break;
                    case "store_true" or "store_false" or "store_const" or "append_const" or "count" or "help" or "version":
                        return Takes.Nothing;
                    default:
                        return Takes.Unknown;
                }

                break;
        }

        return nargs switch
        {
            null or ConstantValue { Content: null } => Takes.Value,
            ConstantValue { Content: "?" } => Takes.OptionalValue,
            ConstantValue { Content: "*" or "+" or long } => Takes.Values,
            _ => Takes.Unknown,
        };
    }

    /// <summary>What a <c>type=</c> converts to, and whether words are compared with choices as they are written.</summary>
    public static WordType TypeOf(Value? type, out bool isKnown)
    {
        isKnown = type is null or ConstantValue { Content: null } or LibraryValue { Name: "str" or "int" or "float" };
        return type is LibraryValue library
            ? library.Name switch { "int" => WordType.Integer, "float" => WordType.Float, "bool" => WordType.TruthOfText, _ => WordType.Any }
            : WordType.Any;
    }
}
