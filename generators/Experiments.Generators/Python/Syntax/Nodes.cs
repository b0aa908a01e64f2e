namespace Experiments.Generators.Python.Syntax;

/// <summary>An expression of Python. Those that say nothing about command lines are <see cref="OpaqueNode"/>.</summary>
internal abstract record Node;

/// <summary>An expression that was read and not understood, or that needs a running program.</summary>
internal sealed record OpaqueNode : Node
{
    public static readonly OpaqueNode Instance = new();
}

internal sealed record NameNode(string Name) : Node;

/// <summary>A string, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>, or <see langword="null"/> for <c>None</c>.</summary>
internal sealed record ConstantNode(object? Value) : Node;

/// <summary>An f-string: texts (constants) and expressions in order.</summary>
internal sealed record FormattedNode(IReadOnlyList<Node> Parts) : Node;

internal sealed record AttributeNode(Node Target, string Name) : Node;

internal sealed record SubscriptNode(Node Target, Node Index) : Node;

internal sealed record CallNode(Node Target, IReadOnlyList<ArgumentNode> Arguments) : Node;

/// <summary>A list, tuple or set.</summary>
internal sealed record SequenceNode(IReadOnlyList<Node> Items) : Node;

internal sealed record DictionaryNode(IReadOnlyList<(Node Key, Node Value)> Items) : Node;

internal sealed record BinaryNode(string Operator, Node Left, Node Right) : Node;

internal sealed record NotNode(Node Operand) : Node;

internal sealed record ConditionalNode(Node Test, Node Then, Node Else) : Node;

internal sealed record StarNode(Node Value) : Node;

/// <summary>An argument of a call.</summary>
/// <param name="Name">Keyword; <c>*</c> and <c>**</c> for spread arguments; <see langword="null"/> for a positional one.</param>
/// <param name="Value">What is passed.</param>
internal sealed record ArgumentNode(string? Name, Node Value);

/// <summary>A statement of Python.</summary>
internal abstract record Statement;

internal sealed record ExpressionStatement(Node Value) : Statement;

internal sealed record AssignStatement(IReadOnlyList<Node> Targets, Node? Value, Node? Annotation) : Statement;

internal sealed record ReturnStatement(Node? Value) : Statement;

internal sealed record IfStatement(Node Test, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else) : Statement;

internal sealed record ForStatement(Node Target, Node Items, IReadOnlyList<Statement> Body) : Statement;

/// <summary>A body that may run any number of times: <c>while</c>, <c>case</c>.</summary>
internal sealed record MaybeStatement(IReadOnlyList<Statement> Body) : Statement;

internal sealed record WithStatement(IReadOnlyList<(Node Context, Node? Target)> Items, IReadOnlyList<Statement> Body) : Statement;

internal sealed record TryStatement(IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Handlers, IReadOnlyList<Statement> After) : Statement;

internal sealed record FunctionStatement(string Name, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Statement> Body, IReadOnlyList<Node> Decorators, bool IsAsync) : Statement;

internal sealed record ClassStatement(string Name, IReadOnlyList<ArgumentNode> Bases, IReadOnlyList<Statement> Body, IReadOnlyList<Node> Decorators) : Statement;

/// <summary><c>import module as alias</c>.</summary>
internal sealed record ImportStatement(string Module, string? Alias) : Statement;

/// <summary><c>from ..module import name as alias</c>; <paramref name="Level"/> counts the dots.</summary>
internal sealed record ImportFromStatement(int Level, string Module, IReadOnlyList<(string Name, string Alias)> Names) : Statement;

/// <summary>A statement that says nothing about command lines.</summary>
internal sealed record OtherStatement(IReadOnlyList<Node> Values) : Statement;

/// <summary>A parameter of a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Star">How many stars stand before it.</param>
/// <param name="IsKeywordOnly">Whether it stands behind a star.</param>
/// <param name="Annotation">Its type.</param>
/// <param name="Default">Its default.</param>
internal sealed record Parameter(string Name, int Star, bool IsKeywordOnly, Node? Annotation, Node? Default)
{
    /// <summary>Whether it stands before a <c>/</c>.</summary>
    public bool IsPositionalOnly { get; init; }
}
