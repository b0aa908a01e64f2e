using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>Evaluates expressions as far as their text decides them.</summary>
internal sealed class Expressions(ScriptReader reader)
{
    public Value Evaluate(Node node, Scope scope) => node switch
    {
        ConstantNode constant => new ConstantValue(constant.Value),
        NameNode name => scope.Find(name.Name),
        FormattedNode formatted => Format(formatted, scope),
        AttributeNode attribute => Member(Evaluate(attribute.Target, scope), attribute.Name),
        SubscriptNode subscript => Item(Evaluate(subscript.Target, scope), subscript.Index, scope),
        CallNode call => Call(call, scope),
        SequenceNode sequence => Sequence(sequence, scope),
        DictionaryNode dictionary => new DictionaryValue(dictionary.Items.Select(item => (Evaluate(item.Key, scope), Evaluate(item.Value, scope))).ToList()),
        BinaryNode binary => Binary(binary, scope),
        NotNode not => Truth.Of(Evaluate(not.Operand, scope)) is { } truth ? new ConstantValue(!truth) : Value.Unknown,
        ConditionalNode conditional => Conditional(conditional, scope),
        _ => Value.Unknown,
    };

    private Value Format(FormattedNode node, Scope scope)
    {
        var texts = node.Parts.Select(part => (Evaluate(part, scope) as ConstantValue)?.Text).ToList();
        return texts.Contains(null) ? Value.Unknown : new ConstantValue(string.Concat(texts));
    }

    private Value Sequence(SequenceNode node, Scope scope)
    {
        var items = new List<Value>();
        foreach (var item in node.Items)
        {
            var value = Evaluate(item is StarNode star ? star.Value : item, scope);
            if (item is not StarNode)
                items.Add(value);
            else if (Truth.Items(value) is { } spread)
                items.AddRange(spread);
            else
                return Value.Unknown;
        }

        return new SequenceValue(items);
    }

    private Value Conditional(ConditionalNode node, Scope scope) => Truth.Of(Evaluate(node.Test, scope)) switch
    {
        true => Evaluate(node.Then, scope),
        false => Evaluate(node.Else, scope),
        _ => Open(Evaluate(node.Then, scope), Evaluate(node.Else, scope)),
    };

    private Value Binary(BinaryNode node, Scope scope)
    {
        var left = Evaluate(node.Left, scope);
        var right = Evaluate(node.Right, scope);
        switch (node.Operator)
        {
            case "or" when Truth.Of(left) is { } truth:
                return truth ? left : right;
            case "and" when Truth.Of(left) is { } truth:
                return truth ? right : left;
            case "or" or "and":
                return Open(left, right);
            case "+" when Truth.Text(left) is { } a && Truth.Text(right) is { } b:
                return new ConstantValue(a + b);
            case "+" when left is SequenceValue a && right is SequenceValue b:
                return new SequenceValue([.. a.Items, .. b.Items]);
            case "==" or "is" when left is ConstantValue a && right is ConstantValue b:
                return new ConstantValue(Equals(a.Content, b.Content));
            case "!=" or "is not" when left is ConstantValue a && right is ConstantValue b:
                return new ConstantValue(!Equals(a.Content, b.Content));
            case "is" or "is not" when right is ConstantValue { Content: null } && left is not (UnknownValue or ConstantValue):
                return new ConstantValue(node.Operator == "is not");
            case "in" or "not in" when left is ConstantValue word && Truth.Texts(right) is { } words && word.Text is { } text:
                return new ConstantValue(words.Contains(text) == (node.Operator == "in"));
            case "in" or "not in" when right is LibraryValue { Name: "sys.argv" }:
                reader.IsLost = true;
                return Value.Unknown;
            default:
                return Value.Unknown;
        }
    }

    /// <summary>One of two values, not known which.</summary>
    private static Value Open(params Value[] values)
    {
        foreach (var parser in values.OfType<ParserValue>())
            parser.Command.IsOpen = true;
        return Value.Unknown;
    }

    private Value Member(Value owner, string name)
    {
        switch (owner)
        {
            case LibraryValue library:
                return new LibraryValue($"{library.Name}.{name}");
            case ModuleValue module:
                return module.Scope.Names.TryGetValue(name, out var member) ? member : reader.Submodule(module, name);
            case InstanceValue instance:
                return instance.Fields.TryGetValue(name, out var field) ? field
                    : Classes.Method(instance.Type, name) is { } method ? new MethodValue(method, instance)
                    : Classes.Constant(instance.Type, name) is { } constant ? Evaluate(constant, instance.Type.Scope) : Value.Unknown;
            case ClassValue type:
                return Classes.Method(type, name) is { } function ? function
                    : Classes.Constant(type, name) is { } value ? Evaluate(value, type.Scope) : Value.Unknown;
            default:
                return Value.Unknown;
        }
    }

    private Value Item(Value owner, Node index, Scope scope)
    {
        if (owner is LibraryValue { Name: "sys.argv" })
            return index is SequenceNode or OpaqueNode ? owner : Value.Unknown;
        if (index is SequenceNode or OpaqueNode || Evaluate(index, scope) is not ConstantValue key)
            return Value.Unknown;
        return owner switch
        {
            DictionaryValue dictionary => dictionary.Items.FirstOrDefault(item => item.Key is ConstantValue constant && Equals(constant.Content, key.Content)).Value ?? Value.Unknown,
            SequenceValue sequence when key.Content is long at && at >= 0 && at < sequence.Items.Count => sequence.Items[(int)at],
            _ => Value.Unknown,
        };
    }

    private Value Call(CallNode call, Scope scope)
    {
        var owner = call.Target is AttributeNode attribute ? Evaluate(attribute.Target, scope) : null;
        var name = (call.Target as AttributeNode)?.Name ?? "";
        var arguments = Arguments(call, scope);
        switch (owner)
        {
            case ParserValue parser when name.Length > 0:
                return new ParserCalls(reader, this).Call(parser, name, arguments);
            case SubparsersValue subparsers:
                return ParserCalls.AddParser(reader, subparsers, name, arguments);
            case SequenceValue or DictionaryValue or ConstantValue:
                return Builtins.Method(owner, name, arguments) ?? Value.Unknown;
        }

        // `decorator(options)(function)` and `cli.command()(function)`.
        var target = owner is null ? Evaluate(call.Target, scope) : owner is FunctionValue ? owner : Member(owner, name);
        switch (target)
        {
            case FunctionValue { Command: { } command } when owner is null || name is "main":
                if (arguments.Any(argument => argument.Name is null or "args"))
                    command.IsOpen = true;
                reader.Parses(command);
                return Value.Unknown;
            case FunctionValue { Command: { } } group:
                ClickReader.Extend(group, name, arguments);
                return Value.Unknown;
            case FunctionValue function when owner is not FunctionValue:
                return reader.Call(function, null, arguments);
            case MethodValue method:
                return reader.Call(method.Function, method.Self, arguments);
            case ClassValue type:
                return Classes.Create(type, arguments, reader);
            case ParserValue { Kind: "typer" } app:
                TyperReader.Extend(app, "", arguments, this, reader);
                return Value.Unknown;
            case LibraryValue library:
                return new Libraries(reader, this).Call(library.Name, arguments);
            default:
                Escape(arguments);
                return Value.Unknown;
        }
    }

    public IReadOnlyList<(string? Name, Value Value)> Arguments(CallNode call, Scope scope)
    {
        var arguments = new List<(string?, Value)>();
        foreach (var argument in call.Arguments)
        {
            var value = Evaluate(argument.Value, scope);
            if (argument.Name == "*" && Truth.Items(value) is { } items)
                arguments.AddRange(items.Select(item => ((string?)null, item)));
            else if (argument.Name == "**" && value is DictionaryValue dictionary && dictionary.Items.All(item => Truth.Text(item.Key) is not null))
                arguments.AddRange(dictionary.Items.Select(item => (Truth.Text(item.Key), item.Value)));
            else
                arguments.Add((argument.Name, value));
        }

        return arguments;
    }

    /// <summary>Values go where nothing is known of them: parsers may get more options, arguments may change.</summary>
    public void Escape(IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        foreach (var (_, value) in arguments)
        {
            if (value is ParserValue parser)
                parser.Command.IsOpen = true;
            else if (value is SubparsersValue subparsers)
                subparsers.Command.IsOpen = true;
            else if (value is InstanceValue instance)
                Open([.. instance.Fields.Values]);
            else if (value is LibraryValue { Name: "sys.argv" })
                reader.IsLost |= !reader.HasParsed;
        }
    }
}
