namespace Experiments.Generators.Outlines;

/// <summary>Which declarations a type can reach: those whose names it mentions, and so on. More than it binds to, never less. One walk at a time.</summary>
internal sealed class Reach
{
    private readonly Dictionary<string, Node> _nodes = new(StringComparer.Ordinal);
    private readonly Fingerprint _start;
    private readonly List<Node> _open = [];
    private int _walk;

    /// <param name="files">The files of a program.</param>
    /// <param name="start">What every type depends on.</param>
    public Reach(IReadOnlyList<FileOutline> files, Fingerprint start)
    {
        foreach (var file in files)
        {
            foreach (var type in file.Types)
            {
                if (!_nodes.TryGetValue(type.Name, out var node))
                    _nodes.Add(type.Name, node = new Node());
                node.Declarations.Add(type);
            }
        }

        _start = From(files.SelectMany(file => file.GlobalMentions), start);
    }

    /// <summary>A fingerprint of all declarations that a type reaches, its own included.</summary>
    /// <param name="name">Its simple name.</param>
    public Fingerprint From(string name) => From([name], _start);

    private Fingerprint From(IEnumerable<string> names, Fingerprint start)
    {
        _walk++;
        _open.Clear();
        foreach (var name in names)
        {
            if (_nodes.TryGetValue(name, out var node))
                Visit(node);
        }

        // Grows as it is walked.
        for (var i = 0; i < _open.Count; i++)
        {
            foreach (var declaration in _open[i].Declarations)
                start.Add(declaration.Content);
            foreach (var next in Next(_open[i]))
                Visit(next);
        }

        return start;
    }

    private void Visit(Node node)
    {
        if (node.LastWalk == _walk)
            return;
        node.LastWalk = _walk;
        _open.Add(node);
    }

    private List<Node> Next(Node node)
    {
        if (node.Next is { } known)
            return known;
        var found = new List<Node>();
        foreach (var declaration in node.Declarations)
        {
            foreach (var name in declaration.Mentions)
            {
                if (_nodes.TryGetValue(name, out var next) && next != node)
                    found.Add(next);
            }
        }

        return node.Next = found;
    }

    /// <summary>All declarations of one simple name.</summary>
    private sealed class Node
    {
        public List<TypeOutline> Declarations { get; } = new(1);

        /// <summary>Where they lead, once it has been asked for.</summary>
        public List<Node>? Next { get; set; }

        /// <summary>The last walk that came by: it is not visited twice.</summary>
        public int LastWalk { get; set; }
    }
}
