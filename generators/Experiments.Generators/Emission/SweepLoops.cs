using System.Globalization;
using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>The loops over a sweep's axes: once with a fresh configuration for every point, once with a single one that nobody else sees.</summary>
internal sealed class SweepLoops
{
    private readonly SourceWriter _code;
    private readonly SweepModel _sweep;
    private readonly Dictionary<string, string> _locals = new(StringComparer.Ordinal);

    public SweepLoops(SourceWriter code, SweepModel sweep)
    {
        _code = code;
        _sweep = sweep;
        var locals = new Locals("defaults", "point", "sample", "scratch", "visit", "visiting", "tags");
        foreach (var axis in sweep.Axes)
            _locals[axis.Name] = locals.New(axis.Name, "Index", "IndexCount", "Items");
    }

    /// <summary>The values of the axes, and the setters of the scratch configuration.</summary>
    public void EmitValues()
    {
        _code.Line($"public static readonly global::System.Collections.Immutable.ImmutableArray<string> Tags = [{string.Join(", ", _sweep.Tags.Select(SourceWriter.Literal))}];");
        foreach (var axis in _sweep.Axes)
        {
            if (axis.IsRandom)
                _code.Line($"public static readonly global::Experiments.Core.RandomAxis {Field(axis)} = new({Int(_sweep.Seed)}, {SourceWriter.Literal(axis.IdentityKey)}, {Double(axis.From)}, {Double(axis.To)});");
            else if (HasArray(axis))
                _code.Line($"public static readonly {axis.Value.DeclaredType}[] {Field(axis)} = {ArrayOf(axis)};");
        }

        if (!_sweep.HasScratch)
            return;
        foreach (var property in _sweep.Axes.SelectMany(a => a.Path).GroupBy(p => (p.DeclaringType, p.Name)).Select(g => g.First()))
        {
            _code.Blank();
            _code.Line($"[global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Method, Name = \"set_{property.Name}\")]");
            _code.Line($"public static extern void {Setter(property)}({property.DeclaringType} config, {property.Value.DeclaredType} value);");
        }
    }

    /// <summary>The points, each with a configuration of its own.</summary>
    public void EmitWalk()
    {
        var config = _sweep.Experiment.Type.FullName;
        _code.Open($"global::System.Collections.Generic.IEnumerable<global::Experiments.SweepPoint<{config}>> global::Experiments.ISweepExpansion<{config}>.Walk()");
        if (!_sweep.HasBase)
            _code.Line($"var defaults = {Creation.Defaults(_sweep.Experiment)};");
        var depth = OpenLoops(_ => { });
        if (_sweep.HasComputedMembers)
            _code.Line($"var point = this with {{ {string.Join(", ", _sweep.Axes.Select(a => $"{a.Identifier} = {Local(a)}"))} }};");
        if (_sweep.HasInclude)
            _code.Line("if (!point.Include)").Line("    continue;");
        if (_sweep.HasBase)
            _code.Line("var defaults = point.Base;");
        var priority = _sweep.HasPriority ? "point.Priority" : "global::Experiments.PlannedRun.DefaultPriority";
        var tags = _sweep.HasTags ? "global::Experiments.Core.Expansion.Tags(Generated.Tags, point.Tags)" : "Generated.Tags";
        _code.Line("yield return new(");
        _code.Line($"    {With("defaults", config, _sweep.Axes, 0)},");
        _code.Line($"    {priority},");
        _code.Line($"    {tags});");
        CloseLoops(depth);
        _code.Close();
    }

    /// <summary>The ids of the points, on one configuration that is changed from point to point.</summary>
    public void EmitVisit()
    {
        var config = _sweep.Experiment.Type.FullName;
        _code.Line("// Nothing but this loop sees the scratch configuration, so that changing what is otherwise immutable harms nobody.");
        _code.Open($"void global::Experiments.ISweepExpansion<{config}>.VisitIds(global::Experiments.RunIdVisitor visit)");
        _code.Line($"var scratch = {Creation.Defaults(_sweep.Experiment)};");
        foreach (var path in _sweep.Axes.SelectMany(Prefixes).GroupBy(p => p.Path).Select(g => g.First()))
            _code.Line($"Generated.{Setter(path.Property)}({path.Parent}, {Copy(path.Path, path.Property)});");
        _code.Line($"using var visiting = new global::Experiments.Core.IdVisiting<{config}>(visit);");
        var depth = OpenLoops(axis =>
            _code.Line($"Generated.{Setter(axis.Target)}({Access("scratch", axis.Path.Take(axis.Path.Count - 1))}, {Local(axis)});"));
        _code.Line("visiting.Visit(scratch);");
        CloseLoops(depth);
        _code.Close();
    }

    private int OpenLoops(Action<AxisModel> each)
    {
        var depth = 0;
        foreach (var dimension in _sweep.Dimensions())
        {
            var first = dimension[0];
            if (first.IsRandom)
            {
                _code.Open($"for (var sample = 0; sample < {Int(_sweep.Samples)}; sample++)");
                foreach (var axis in dimension)
                    _code.Line($"var {Local(axis)} = {Random(axis)};");
            }
            else if (dimension.Count > 1)
            {
                var index = Local(first) + "Index";
                foreach (var axis in dimension.Where(a => a.Kind == AxisKind.ValuesFrom))
                    _code.Line($"{axis.Value.DeclaredType}[] {Local(axis)}Items = [.. this.{axis.Source}];");
                _code.Line($"var {index}Count = global::Experiments.Core.Expansion.ZipLength({SourceWriter.Literal(first.Zip)}, {string.Join(", ", dimension.Select(a => $"({SourceWriter.Literal(a.Name)}, {Length(a)})"))});");
                _code.Open($"for (var {index} = 0; {index} < {index}Count; {index}++)");
                foreach (var axis in dimension)
                    _code.Line($"var {Local(axis)} = {Item(axis, index)};");
            }
            else if (HasArray(first) || first.Kind == AxisKind.ValuesFrom)
            {
                _code.Open($"foreach (var {Local(first)} in {(HasArray(first) ? $"Generated.{Field(first)}" : $"this.{first.Source}")})");
            }
            else if (first.Kind == AxisKind.Seeds && first.Value.Type == "int")
            {
                _code.Open($"for (var {Local(first)} = 0; {Local(first)} < {Int(first.Count!.Value)}; {Local(first)}++)");
            }
            else
            {
                var index = Local(first) + "Index";
                _code.Open($"for (var {index} = 0; {index} < {Int(first.Count!.Value)}; {index}++)");
                _code.Line($"var {Local(first)} = {Item(first, index)};");
            }

            foreach (var axis in dimension)
                each(axis);
            depth++;
        }

        return depth;
    }

    private void CloseLoops(int depth)
    {
        for (; depth > 0; depth--)
            _code.Close();
    }

    /// <summary>A configuration with the axes set: <c>defaults with { Seed = seed, Optimizer = defaults.Optimizer with { … } }</c>.</summary>
    private string With(string access, string type, IEnumerable<AxisModel> axes, int level)
    {
        var settings = axes.GroupBy(a => a.Path[level].Name).Select(group =>
        {
            var property = group.First().Path[level];
            if (group.Any(a => a.Path.Count == level + 1))
                return $"{property.Identifier} = {Local(group.First(a => a.Path.Count == level + 1))}";
            var inner = $"{access}.{property.Identifier}";
            if (property.Value.IsNullable)
                inner = $"({inner} ?? new {property.Value.Type}())";
            return $"{property.Identifier} = {With(inner, property.Value.Type, group, level + 1)}";
        });
        return $"{access} with {{ {string.Join(", ", settings)} }}";
    }

    private static IEnumerable<(string Path, string Parent, PropertyModel Property)> Prefixes(AxisModel axis)
    {
        var access = "scratch";
        foreach (var property in axis.Path.Take(axis.Path.Count - 1))
        {
            var inner = $"{access}.{property.Identifier}";
            yield return (inner, access, property);
            access = property.Value.IsNullable ? inner + "!" : inner;
        }
    }

    private static string Copy(string path, PropertyModel property) => property.Value.IsNullable
        ? $"({path} ?? new {property.Value.Type}()) with {{ }}"
        : $"{path} with {{ }}";

    private static string Access(string root, IEnumerable<PropertyModel> path) =>
        path.Aggregate(root, (access, p) => $"{access}.{p.Identifier}{(p.Value.IsNullable ? "!" : "")}");

    private static bool HasArray(AxisModel axis) => axis.Kind is not (AxisKind.Seeds or AxisKind.Repeats or AxisKind.ValuesFrom) && !axis.IsRandom;

    private static string ArrayOf(AxisModel axis)
    {
        if (axis.Values.Count > 0)
            return $"[{string.Join(", ", axis.Values.Select(v => v.Code))}]";
        var spacing = axis.Kind switch
        {
            AxisKind.LogSpace => $"Logarithmic({Double(axis.From)}, {Double(axis.To)}, {Int(axis.Count!.Value)}, i)",
            AxisKind.Linspace => $"Linear({Double(axis.From)}, {Double(axis.To)}, {Int(axis.Count!.Value)}, i)",
            _ => $"Stepped({Double(axis.From)}, {Double(axis.Step)}, i)",
        };
        return $"global::Experiments.Core.Expansion.Values({Int(axis.Count!.Value)}, static i => ({axis.Value.Type})global::Experiments.Core.Spacing.{spacing})";
    }

    private static string Random(AxisModel axis) =>
        $"({axis.Value.Type})Generated.{Field(axis)}.{axis.Kind}{(axis.Value.Kind == ValueKind.Integer ? "Integer" : "")}(sample)";

    private string Item(AxisModel axis, string index) => axis.Kind switch
    {
        AxisKind.Seeds => axis.Value.Type == "int" ? index : $"({axis.Value.Type}){index}",
        AxisKind.Repeats => axis.Value.Type == "int" ? $"{index} + 1" : $"({axis.Value.Type})({index} + 1)",
        AxisKind.ValuesFrom => $"{Local(axis)}Items[{index}]",
        _ => $"Generated.{Field(axis)}[{index}]",
    };

    private string Length(AxisModel axis) => axis.Kind == AxisKind.ValuesFrom
        ? $"{Local(axis)}Items.Length"
        : Int(axis.Count!.Value);

    private string Local(AxisModel axis) => _locals[axis.Name];

    private static string Field(AxisModel axis) => axis.Name + "Axis";

    private static string Setter(PropertyModel property) =>
        "Set" + Names.Last(property.DeclaringType) + property.Name;

    private static string Int(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Double(double value) => Parsing.Constants.DoubleCode(value);
}
