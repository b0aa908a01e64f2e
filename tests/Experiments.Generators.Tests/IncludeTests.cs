using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Tests;

/// <summary>What the compiler makes of <c>Include</c> is what the program makes of it, or nothing.</summary>
public sealed class IncludeTests
{
    private const int Expressions = 500;
    private const string Name = "I";

    private const string Declarations = """
        public enum Kind { First, Second, Again = 0 }
        [Experiment("e", Id = "{hash}")] public sealed partial record E
        {
            public int A { get; init; } public byte B { get; init; } public long L { get; init; } public double R { get; init; } public float F { get; init; }
            public bool D { get; init; } public Kind Kind { get; init; } public string? T { get; init; } public int? N { get; init; } public int Twice { get; init; }
        }
        public abstract record Half { public virtual int Twice { get; init; } }
        [Sweep] public sealed partial record S : Half, ISweep<E>
        {
            [Values(-3, 0, 7, 2000000000)] public int A { get; init; }
            [Values(0, 200)] public byte B { get; init; }
            [Values(-1, 9007199254740993)] public long L { get; init; }
            [Values(-0.0, 0.1, 3)] public double R { get; init; }
            [Values(0.1)] public float F { get; init; }
            [All] public bool D { get; init; }
            [All] public Kind Kind { get; init; }
            [Values("a", "B")] public string? T { get; init; }
            [Values(null, 2)] public int? N { get; init; }
            [Values(4)] public override int Twice { get => _twice * 2; init => _twice = value; } private readonly int _twice;
        """;

    /// <summary>What was said wrongly once, and what is easily said wrongly.</summary>
    private static readonly ImmutableArray<string> _given =
    [
        "A == default", "default == L", "T != default", "!(0.0 / R < 1)", "0.0 / R == 0.0 / R", "A * 1000000000 < 0", "L * 2000 == L", "9007199254740993 == L", "L == 9007199254740992",
        "(D ? 1 : 0.5) / 2 == 0.5", "(D ? A : L) + 2000000000 > 0", "Kind == Kind.Again", "Kind == 0", "Kind is Kind.First", "1 / R < 0", "R is 0", "(0.0 / R) is double.NaN",
        "(0.0 / R) is 0.0 / 0.0", "N > 1", "!(N < 1)", "N == null", "A / 2 * 2 == A", "A % 2 == -1", "7 % A > 0", "-A > 0", "B - 201 < 0", "(byte)(B + 100) == 44", "F == 0.1", "F == 0.1f",
        "'a' == 97", "A >> 1 == -2", "(A & 1) == 1", "T == \"a\"", "T is \"B\" or null", "unchecked(A + A) < 0", "Twice == 8", "2147483648 > A", "A == 7u", "R * 3 == 0.3", "N is 2 or null", "T + \"\" == \"a\"",
    ];

    [Fact]
    public void It_agrees_with_the_program_wherever_it_says_anything()
    {
        var written = _given.Concat(Random(new Random(20261121)).Take(Expressions)).ToList();
        var compiling = Compiling(written);
        Assert.Empty(_given.Except(compiling));
        var compilation = Compiled.Compilation(Source(compiling));
        var symbol = compilation.GetTypeByMetadataName("S")!;
        var sweep = SweepParser.Parse(symbol, null, default)!;
        var points = PointWalk.Of(sweep)!.Where((_, i) => i % 7 == 0).Select(point => point.ToDictionary(value => value.Key, value => value.Value)).ToList();

        using var image = new MemoryStream();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error));
        var type = Assembly.Load(image.ToArray()).GetType("S")!;
        var instances = points.Select(point => Instance(type, point)).ToList();
        var known = 0;
        for (var i = 0; i < compiling.Count; i++)
        {
            var ours = PointExpression.Of(symbol, Name + i, sweep.Axes, default)!;
            var theirs = type.GetProperty(Name + i)!;
            for (var p = 0; p < points.Count; p++)
            {
                if (ours.Evaluate(points[p]) is not { } said)
                    continue;
                known++;
                Assert.True(Equals(said, Ask(theirs, instances[p])), $"`{compiling[i]}` at {string.Join(", ", points[p].Select(v => $"{v.Key} = {v.Value.Text}"))} is not {said}");
            }
        }

        Assert.InRange(known, points.Count * compiling.Count / 4, int.MaxValue);
    }

    /// <summary>What the program says; <see langword="null"/> where it throws.</summary>
    private static object? Ask(PropertyInfo property, object instance)
    {
        try
        {
            return property.GetValue(instance);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private static List<string> Compiling(List<string> expressions)
    {
        var first = Declarations.Split('\n').Length;
        var wrong = Compiled.Compilation(Source(expressions)).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => d.Location.GetLineSpan().StartLinePosition.Line - first).ToHashSet();
        return [.. expressions.Where((_, i) => !wrong.Contains(i))];
    }

    private static string Source(IEnumerable<string> expressions) =>
        Declarations + "\n" + string.Join('\n', expressions.Select((e, i) => $"public bool {Name}{i} => {e};")) + "\n}";

    private static object Instance(Type type, Dictionary<string, ConstantModel> point)
    {
        var instance = Activator.CreateInstance(type)!;
        foreach (var (name, value) in point)
        {
            var property = type.GetProperty(name)!;
            var target = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(instance, value.Code == "null" ? null : target.IsEnum ? Enum.Parse(target, value.Code.Split('.')[^1])
                : Convert.ChangeType(value.Text, target, CultureInfo.InvariantCulture));
        }

        return instance;
    }

    private static IEnumerable<string> Random(Random random)
    {
        while (true)
            yield return Condition(3);

        string Condition(int depth) => depth == 0 ? Pick("D", "this.D", "true", "N == null", "T == \"a\"", "Kind != Kind.Second", "default") : random.Next(10) switch
        {
            0 => $"!({Condition(depth - 1)})",
            1 => $"{Condition(depth - 1)} && {Condition(depth - 1)}",
            2 => $"({Condition(depth - 1)} || {Condition(depth - 1)})",
            3 => $"({Condition(depth - 1)} ? {Condition(depth - 1)} : {Condition(depth - 1)})",
            4 => $"({Condition(depth - 1)}) {Pick("==", "!=", "^", "&")} ({Condition(depth - 1)})",
            5 => $"({Number(depth - 1)}) is {Pick("", "not ")}{Pick("> ", "< ", ">= ", "")}{Literal()}{Pick("", " or 0", " and < 5")}",
            _ => $"{Number(depth - 1)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Number(depth - 1)}",
        };

        string Number(int depth) => depth == 0 ? random.Next(3) == 0 ? Literal() : Pick("A", "A", "A", "B", "B", "L", "L", "R", "R", "R", Pick("F", "N", "default", "Twice")) : random.Next(8) switch
        {
            0 => $"(-{Number(depth - 1)})",
            1 => $"({Condition(depth - 1)} ? {Number(depth - 1)} : {Number(depth - 1)})",
            2 => $"({Pick("", "", "", "int", "byte", "float", "long")}){Number(depth - 1)}".Replace("()", "+", StringComparison.Ordinal),
            _ => $"({Number(depth - 1)} {Pick("+", "-", "*", "/", "%", "+", "-", "*", "/", "<<")} {Number(depth - 1)})",
        };

        string Literal() => Pick("0", "1", "2", "-3", "2000000000", "2147483647", "5000000000", "0.1", "0.3", "3.0", "1e300", "1L", "0x10", Pick("2u", "0.1f", "2m", "'a'"));

        string Pick(params string[] choices) => choices[random.Next(choices.Length)];
    }
}
