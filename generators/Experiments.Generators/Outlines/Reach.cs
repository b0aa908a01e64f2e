namespace Experiments.Generators.Outlines;

/// <summary>
/// Which declarations the candidates reach: those whose names they mention, and so on. More than they bind to, never less.
/// Nothing in it changes: <see cref="With"/> makes another one, at the cost of what an edit touches and not of what there is.
/// </summary>
internal sealed class Reach
{
    // Leads to what global usings mention: every candidate sets out from here too.
    private const int Everywhere = 0;

    private readonly Fingerprint _start;
    private readonly Dictionary<string, int> _numbers;
    private readonly Node[] _nodes;
    private readonly (FileOutline.Candidate Candidate, int Number)[] _roots;
    private readonly Fingerprint[] _contents;

    private Reach(Fingerprint start, Dictionary<string, int> numbers, Node[] nodes, (FileOutline.Candidate Candidate, int Number)[] roots, Fingerprint[] contents)
    {
        _start = start;
        _numbers = numbers;
        _nodes = nodes;
        _roots = roots;
        _contents = contents;
    }

    /// <summary>The records that may be experiments or sweeps, each once, with a fingerprint of all declarations that it reaches, its own included.</summary>
    public IEnumerable<(FileOutline.Candidate Candidate, Fingerprint Content)> Candidates =>
        _roots.Zip(_contents, (root, content) => (root.Candidate, content));

    /// <param name="files">The files of a program.</param>
    /// <param name="start">What every candidate depends on.</param>
    public static Reach Of(IReadOnlyList<FileOutline> files, Fingerprint start)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var declarations = new List<List<TypeOutline>> { new() };
        foreach (var type in files.SelectMany(file => file.Types))
        {
            if (!numbers.TryGetValue(type.Name, out var number))
            {
                numbers.Add(type.Name, number = declarations.Count);
                declarations.Add(new List<TypeOutline>(1));
            }

            declarations[number].Add(type);
        }

        var named = declarations.Select(types => Named(types.SelectMany(type => type.Mentions), numbers)).ToArray();
        named[Everywhere] = Named(files.SelectMany(file => file.GlobalMentions), numbers);
        var namedBy = declarations.Select(_ => new List<int>()).ToArray();
        for (var number = 0; number < named.Length; number++)
        {
            foreach (var other in named[number])
                namedBy[other].Add(number);
        }

        var nodes = declarations.Select((types, number) => new Node([.. types], named[number], [.. namedBy[number]])).ToArray();
        var roots = files.SelectMany(file => file.Candidates).Distinct().Select(candidate => (candidate, numbers[candidate.TypeName])).ToArray();
        var walk = new Walk(nodes);
        return new Reach(start, numbers, nodes, roots, Array.ConvertAll(roots, root => walk.Content(start, root.Item2)));
    }

    /// <summary>The same after edits inside of declarations, which neither added nor took away a name.</summary>
    public Reach With(IReadOnlyList<(TypeOutline Before, TypeOutline After)> edits)
    {
        var nodes = (Node[])_nodes.Clone();
        foreach (var (before, after) in edits)
        {
            var number = _numbers[after.Name];
            var node = nodes[number];
            var types = Array.ConvertAll(node.Types, type => ReferenceEquals(type, before) ? after : type);
            var named = Named(types.SelectMany(type => type.Mentions), _numbers);
            nodes[number] = node with { Types = types, Named = named };
            foreach (var lost in node.Named.Except(named))
                nodes[lost] = nodes[lost] with { NamedBy = [.. nodes[lost].NamedBy.Where(other => other != number)] };
            foreach (var found in named.Except(node.Named))
                nodes[found] = nodes[found] with { NamedBy = [.. nodes[found].NamedBy, number] };
        }

        // The way of a candidate to the first edited declaration on it leads over others only, and they are what they were: who comes there now came there before.
        var walk = new Walk(nodes);
        var touched = walk.Back(edits.Select(edit => _numbers[edit.After.Name]));
        var contents = _contents;
        for (var i = 0; i < _roots.Length; i++)
        {
            if (!touched.Contains(_roots[i].Number) && !touched.Contains(Everywhere))
                continue;
            if (contents == _contents)
                contents = (Fingerprint[])_contents.Clone();
            contents[i] = walk.Content(_start, _roots[i].Number);
        }

        return new Reach(_start, _numbers, nodes, _roots, contents);
    }

    /// <summary>Whether the candidates are the same, and what they reach.</summary>
    public bool FindsTheSame(Reach other) =>
        _contents == other._contents || (_contents.AsSpan().SequenceEqual(other._contents) && _roots.Select(root => root.Candidate).SequenceEqual(other._roots.Select(root => root.Candidate)));

    private static int[] Named(IEnumerable<string> mentions, Dictionary<string, int> numbers) =>
        [.. mentions.Select(name => numbers.TryGetValue(name, out var number) ? number : Everywhere).Where(number => number != Everywhere).Distinct()];

    /// <summary>All declarations of one simple name.</summary>
    /// <param name="Types">The declarations.</param>
    /// <param name="Named">The nodes whose names they mention.</param>
    /// <param name="NamedBy">The nodes that mention this name.</param>
    private sealed record Node(TypeOutline[] Types, int[] Named, int[] NamedBy);

    /// <summary>Walks through nodes, one at a time.</summary>
    private sealed class Walk(Node[] nodes)
    {
        private readonly int[] _lastVisit = new int[nodes.Length];
        private readonly List<int> _open = [];
        private int _number;

        /// <summary>A fingerprint of what a node leads to.</summary>
        public Fingerprint Content(Fingerprint start, int root)
        {
            Begin();
            Visit(Everywhere);
            Visit(root);
            for (var i = 0; i < _open.Count; i++)
            {
                var node = nodes[_open[i]];
                foreach (var type in node.Types)
                    start.Add(type.Content);
                foreach (var next in node.Named)
                    Visit(next);
            }

            return start;
        }

        /// <summary>The nodes that lead to any of some.</summary>
        public HashSet<int> Back(IEnumerable<int> ends)
        {
            Begin();
            foreach (var end in ends)
                Visit(end);
            for (var i = 0; i < _open.Count; i++)
            {
                foreach (var before in nodes[_open[i]].NamedBy)
                    Visit(before);
            }

            return [.. _open];
        }

        private void Begin()
        {
            _number++;
            _open.Clear();
        }

        private void Visit(int node)
        {
            if (_lastVisit[node] == _number)
                return;
            _lastVisit[node] = _number;
            // Grows as it is walked.
            _open.Add(node);
        }
    }
}
