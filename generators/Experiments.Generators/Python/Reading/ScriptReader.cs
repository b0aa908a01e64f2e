using Experiments.Generators.Python.CommandLines;
using Experiments.Generators.Python.Syntax;

namespace Experiments.Generators.Python.Reading;

/// <summary>
/// Walks a script as Python would run it, and finds the command line it parses. It is no interpreter: what it can't know makes the command line
/// open, or leaves none, and then nothing is said about it.
/// </summary>
internal sealed class ScriptReader
{
    private const int MaxSteps = 100_000;
    private const int MaxCalls = 40;

    private readonly SourceTree _tree;
    private readonly string _importFolder;
    private readonly Dictionary<string, ModuleValue> _modules = new(StringComparer.Ordinal);
    private readonly Expressions _expressions;
    private readonly List<CommandLine> _found = [];
    private readonly Stack<List<Value>> _returns = new();
    private readonly Stack<FunctionStatement> _calls = new();
    private int _steps;

    private ScriptReader(SourceTree tree, string importFolder)
    {
        _tree = tree;
        _importFolder = importFolder;
        _expressions = new Expressions(this);
    }

    /// <summary>Whether what is read now may be skipped when the script runs.</summary>
    public bool IsMaybe { get; private set; }

    /// <summary>Whether something was met that makes every conclusion uncertain.</summary>
    public bool IsLost { get; set; }

    /// <summary>The files that were read.</summary>
    public List<string> Files { get; } = [];

    /// <summary>The command line of a script; <see langword="null"/> when it can't be known.</summary>
    /// <param name="tree">The files below the working directory.</param>
    /// <param name="file">The script.</param>
    /// <param name="importFolder">Where Python looks for modules first: the working directory (<c>""</c>), or the folder of a script that runs as a file.</param>
    /// <param name="files">Gets the files that were read.</param>
    public static CommandLine? Read(SourceTree tree, string file, string importFolder, List<string> files)
    {
        var reader = new ScriptReader(tree, importFolder);
        reader.Import(file, "__main__");
        files.AddRange(reader.Files);
        var found = reader._found.Distinct().ToList();
        return reader.IsLost || found.Count != 1 || found[0].IsOpen ? null : found[0];
    }

    /// <summary>The function of a module, as a caller gets it.</summary>
    /// <param name="tree">The files below the working directory.</param>
    /// <param name="file">The module.</param>
    /// <param name="name">The function.</param>
    /// <param name="isMissing">Whether the module certainly has nothing of that name.</param>
    /// <param name="names">The functions it has.</param>
    public static FunctionStatement? Function(SourceTree tree, string file, string name, out bool isMissing, out IReadOnlyList<string> names)
    {
        var reader = new ScriptReader(tree, "");
        var members = reader.Import(file, "imported").Scope.Names;
        names = members.Where(member => member.Value is FunctionValue).Select(member => member.Key).ToList();
        isMissing = !reader.IsLost && !members.ContainsKey(name) && !members.ContainsKey("*") && !members.ContainsKey("__getattr__");
        return !reader.IsLost && members.TryGetValue(name, out var value) && value is FunctionValue function ? function.Syntax : null;
    }

    /// <summary>Whether the command line has been parsed.</summary>
    public bool HasParsed => _found.Count > 0;

    /// <summary>The script parses its command line with this.</summary>
    public void Parses(CommandLine command) => _found.Add(command);

    /// <summary>A module of a package that was imported by another name of it.</summary>
    public Value Submodule(ModuleValue package, string name)
    {
        var path = package.Scope.Module.Path;
        return path.EndsWith("/__init__.py", StringComparison.Ordinal) && _tree.ModuleFile(path.Substring(0, path.Length - "/__init__.py".Length).Replace('/', '.') + "." + name) is { } file
            ? Import(file, "imported")
            : Value.Unknown;
    }

    /// <summary>A file that is not Python, by its path below the working directory.</summary>
    public string? Text(string path)
    {
        Files.Add(path);
        return _tree.Text(path)?.ToString();
    }

    public ModuleValue Import(string file, string name)
    {
        if (_modules.TryGetValue(file, out var known))
            return known;
        var text = _tree.Text(file);
        var module = text is null ? new PythonModule(file, [], false) : PythonModule.Of(file, text) with { RunsAs = name };
        IsLost |= !module.IsWhole;
        var value = new ModuleValue(new Scope(module, null));
        _modules.Add(file, value);
        Files.Add(file);
        var wasMaybe = IsMaybe;
        IsMaybe = false;
        Execute(module.Body, value.Scope);
        IsMaybe = wasMaybe;
        return value;
    }

    /// <summary>Runs a function of the script.</summary>
    public Value Call(FunctionValue function, Value? self, IReadOnlyList<(string? Name, Value Value)> arguments)
    {
        if (_calls.Count >= MaxCalls || _calls.Contains(function.Syntax))
            return Value.Unknown;
        var scope = new Scope(function.Scope.Module, function.Scope);
        Calls.Bind(function.Syntax, self, arguments, scope, node => _expressions.Evaluate(node, function.Scope));
        _calls.Push(function.Syntax);
        _returns.Push([]);
        Execute(function.Syntax.Body, scope);
        _calls.Pop();
        var returned = _returns.Pop().Distinct().ToList();
        if (returned.Count == 1)
            return returned[0];
        foreach (var parser in returned.OfType<ParserValue>())
            parser.Command.IsOpen = true;
        return returned.Count == 0 ? Value.None : Value.Unknown;
    }

    private void Maybe(IReadOnlyList<Statement> body, Scope scope)
    {
        var was = IsMaybe;
        IsMaybe = true;
        Execute(body, scope);
        IsMaybe = was;
    }

    private void Execute(IReadOnlyList<Statement> body, Scope scope)
    {
        foreach (var statement in body)
        {
            if (++_steps > MaxSteps)
            {
                IsLost = true;
                return;
            }

            Execute(statement, scope);
            // What stands behind a certain return never runs.
            if (statement is ReturnStatement && !IsMaybe)
                return;
        }
    }

    private void Execute(Statement statement, Scope scope)
    {
        switch (statement)
        {
            case ExpressionStatement expression:
                _expressions.Evaluate(expression.Value, scope);
                break;
            case AssignStatement { Value: { } assigned } assignment:
                var value = _expressions.Evaluate(assigned, scope);
                foreach (var target in assignment.Targets)
                    Assign(target, value, scope);
                break;
            case ReturnStatement returned:
                var result = returned.Value is null ? Value.None : _expressions.Evaluate(returned.Value, scope);
                if (_returns.Count > 0)
                    _returns.Peek().Add(result);
                break;
            case IfStatement branch:
                Branch(branch, scope);
                break;
            case ForStatement loop:
                Loop(loop, scope);
                break;
            case MaybeStatement maybe:
                Maybe(maybe.Body, scope);
                break;
            case WithStatement with:
                foreach (var (context, target) in with.Items)
                {
                    _expressions.Evaluate(context, scope);
                    if (target is not null)
                        Assign(target, Value.Unknown, scope);
                }

                Execute(with.Body, scope);
                break;
            case TryStatement attempt:
                Execute(attempt.Body, scope);
                Maybe(attempt.Handlers, scope);
                Execute(attempt.After, scope);
                break;
            case FunctionStatement function:
                var defined = new FunctionValue(function, scope);
                scope.Names[function.Name] = defined;
                Decorators.Apply(defined, this, _expressions);
                break;
            case ClassStatement type:
                scope.Names[type.Name] = new ClassValue(type, scope);
                break;
            case ImportStatement or ImportFromStatement:
                new Imports(_tree, _importFolder, this).Execute(statement, scope);
                break;
            case OtherStatement other:
                foreach (var node in other.Values)
                    _expressions.Evaluate(node, scope);
                break;
        }
    }

    private void Branch(IfStatement branch, Scope scope)
    {
        switch (Truth.Of(_expressions.Evaluate(branch.Test, scope)))
        {
            case true:
                Execute(branch.Then, scope);
                break;
            case false:
                Execute(branch.Else, scope);
                break;
            default:
                Maybe(branch.Then, scope);
                Maybe(branch.Else, scope);
                break;
        }
    }

    private void Loop(ForStatement loop, Scope scope)
    {
        var list = _expressions.Evaluate(loop.Items, scope);
        IsLost |= list is LibraryValue { Name: "sys.argv" };
        var items = Truth.Items(list);
        if (items is null)
        {
            Assign(loop.Target, Value.Unknown, scope);
            Maybe(loop.Body, scope);
            return;
        }

        foreach (var item in items)
        {
            Assign(loop.Target, item, scope);
            Execute(loop.Body, scope);
        }
    }

    private void Assign(Node target, Value value, Scope scope)
    {
        switch (target)
        {
            case NameNode { Name: var name }:
                // One of two possible values is neither; a parser that may be another one is open.
                if (IsMaybe && scope.Names.TryGetValue(name, out var before) && !ReferenceEquals(before, value))
                {
                    foreach (var parser in new[] { before, value }.OfType<ParserValue>())
                        parser.Command.IsOpen = true;
                    value = before is FunctionValue or ClassValue or ModuleValue or LibraryValue ? before : Value.Unknown;
                }

                scope.Names[name] = value;
                break;
            case SequenceNode sequence:
                var items = Truth.Items(value);
                for (var i = 0; i < sequence.Items.Count; i++)
                    Assign(sequence.Items[i], items is not null && items.Count == sequence.Items.Count ? items[i] : Value.Unknown, scope);
                break;
            case AttributeNode attribute:
                var owner = _expressions.Evaluate(attribute.Target, scope);
                if (owner is InstanceValue instance)
                    instance.Fields[attribute.Name] = IsMaybe && instance.Fields.ContainsKey(attribute.Name) ? Value.Unknown : value;
                else if (owner is LibraryValue { Name: "sys" } && attribute.Name == "argv")
                    IsLost = true;
                break;
            case SubscriptNode subscript:
                IsLost |= _expressions.Evaluate(subscript.Target, scope) is LibraryValue { Name: "sys.argv" };
                break;
        }
    }
}
