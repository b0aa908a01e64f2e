using Experiments.Generators.Python.CommandLines;

namespace Experiments.Generators.Python.Reading;

/// <summary>Calls of libraries that have to do with command lines.</summary>
internal sealed class Libraries(ScriptReader reader, Expressions expressions)
{
    private static readonly HashSet<string> _harmless = ["print", "isinstance", "hasattr", "argcomplete.autocomplete", "len", "repr", "str"];

    public Value Call(string name, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        var first = arguments.FirstOrDefault(argument => argument.Name is null).Value;
        switch (name)
        {
            case "argparse.ArgumentParser":
                return ParserCalls.Create("argparse", arguments);
            case "simple_parsing.ArgumentParser":
                return ParserCalls.Create("simple_parsing", arguments);
            case "transformers.HfArgumentParser" or "transformers.hf_argparser.HfArgumentParser":
                return Hf(first ?? Named(arguments, "dataclass_types"));
            case "simple_parsing.parse" when first is not null:
                Parse(first, RecordStyle.SimpleParsing, arguments.Count > 1);
                return Value.Unknown;
            case "tyro.cli" when first is not null:
                Parse(first, RecordStyle.Tyro, arguments.Any(argument => argument.Name is not (null or "description" or "prog")) || arguments.Count(argument => argument.Name is null) > 1);
                return Value.Unknown;
            case "fire.Fire":
                Fire(first, arguments.Count);
                return Value.Unknown;
            case "typer.Typer" or "typer.main.Typer":
                return TyperReader.Create(arguments);
            case "typer.run" when first is FunctionValue function:
                reader.Parses(TyperReader.Command(function, expressions));
                return Value.Unknown;
            case "sorted" when first is not null && arguments.Count == 1 && Truth.Texts(first) is not null:
                return new SequenceValue(Truth.Items(first)!.OrderBy(item => ((ConstantValue)item).Text, StringComparer.Ordinal).ToList());
            case "sorted" or "list" or "tuple" or "set" when first is not null && Truth.Items(first) is { } items:
                return new SequenceValue(items);
            case "range" when arguments.All(argument => (argument.Value as ConstantValue)?.Content is long):
                return Range(arguments.Select(argument => (long)((ConstantValue)argument.Value).Content!).ToList());
            case "dict" when arguments.Count > 0 && arguments.All(argument => argument.Name is not (null or "*" or "**")):
                return new DictionaryValue(arguments.Select(argument => ((Value)new ConstantValue(argument.Name), argument.Value)).ToList());
            case "sys.argv.pop" or "sys.argv.append" or "sys.argv.remove" or "sys.argv.insert" or "sys.argv.extend":
                reader.IsLost = true;
                return Value.Unknown;
        }

        if (!_harmless.Contains(name))
            expressions.Escape(arguments);
        return Value.Unknown;
    }

    private static Value? Named(IReadOnlyList<(string? Name, Value Value)> arguments, string name) => arguments.FirstOrDefault(argument => argument.Name == name).Value;

    private static Value Range(List<long> bounds)
    {
        var (from, to, step) = bounds.Count switch { 1 => (0, bounds[0], 1), 2 => (bounds[0], bounds[1], 1), 3 => (bounds[0], bounds[1], bounds[2]), _ => (0L, 0L, 0L) };
        if (step <= 0 || to - from > 500 * step)
            return Value.Unknown;
        var items = new List<Value>();
        for (var i = from; i < to; i += step)
            items.Add(new ConstantValue(i));
        return new SequenceValue(items);
    }

    private Value Hf(Value? types)
    {
        var command = new CommandLine { AllowsPrefixes = true };
        var records = types is null ? null : types is ClassValue ? [types] : Truth.Items(types);
        command.IsOpen = records is null;
        foreach (var record in records ?? [])
            new RecordReader(RecordStyle.Hf, expressions).Add(record, command);
        return new ParserValue(command, "hf");
    }

    private void Parse(Value target, RecordStyle style, bool isOpen)
    {
        var command = new CommandLine { IsOpen = isOpen, IgnoresDelimiters = style == RecordStyle.Tyro, AllowsPrefixes = style == RecordStyle.SimpleParsing };
        var records = new RecordReader(style, expressions);
        if (target is FunctionValue function)
            records.Add(function, command);
        else
            records.Add(target, command);
        reader.Parses(command);
    }

    private void Fire(Value? target, int count)
    {
        var command = new CommandLine { IgnoresDelimiters = true, IsOpen = count != 1 || target is not FunctionValue };
        if (target is FunctionValue function)
            new RecordReader(RecordStyle.Fire, expressions).Add(function, command);
        reader.Parses(command);
    }
}
