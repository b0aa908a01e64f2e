namespace Experiments.Generators.Outlines;

/// <summary>Which declarations a type can reach: those whose names it mentions, and so on. More than it binds to, never less.</summary>
internal sealed class Reach
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly Fingerprint _start;

    /// <param name="files">The files of a program.</param>
    /// <param name="start">What every type depends on.</param>
    public Reach(IReadOnlyList<FileOutline> files, Fingerprint start)
    {
        foreach (var type in files.SelectMany(file => file.Types))
        {
            if (!_nodes.TryGetValue(type.Name, out var node))
                _nodes.Add(type.Name, node = new Node());
            node.Declarations.Add(type);
        }

        var everywhere = files.SelectMany(file => file.GlobalMentions).ToList();
        _start = From(everywhere, start);
    }

    /// <summary>A fingerprint of all declarations that a type reaches, its own included.</summary>
    /// <param name="name">Its simple name.</param>
    public Fingerprint From(string name) => From([name], _start);

    private Fingerprint From(IEnumerable<string> names, Fingerprint start)
    {
        var seen = new HashSet<Node>();
        var open = new Queue<Node>();
        Visit(names);
        while (open.Count > 0)
        {
            var node = open.Dequeue();
            foreach (var declaration in node.Declarations)
                start.Add(declaration.Content);
            foreach (var next in Next(node))
            {
                if (seen.Add(next))
                    open.Enqueue(next);
            }
        }

        return start;

        void Visit(IEnumerable<string> mentioned)
        {
            foreach (var name in mentioned)
            {
                if (_nodes.TryGetValue(name, out var node) && seen.Add(node))
                    open.Enqueue(node);
            }
        }
    }

    private List<Node> Next(Node node) => node.Next ??=
        [.. node.Declarations.SelectMany(declaration => declaration.Mentions).Distinct(StringComparer.Ordinal).Select(name => _nodes.TryGetValue(name, out var next) ? next : null).OfType<Node>()];

    /// <summary>All declarations of one simple name.</summary>
    private sealed class Node
    {
        public List<TypeOutline> Declarations { get; } = [];

        public List<Node>? Next { get; set; }
    }
}
