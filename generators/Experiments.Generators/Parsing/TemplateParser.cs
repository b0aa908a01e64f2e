using System.Globalization;
using System.Text;
using Experiments.Core;
using Experiments.Generators.Models;

namespace Experiments.Generators.Parsing;

/// <summary>Run id templates: text with <c>{holes}</c>, their names resolved against an experiment.</summary>
internal sealed class TemplateParser
{
    public const string Default = "{experiment}/{hash}";

    /// <summary>Digits of <c>{hash}</c> without a number: 64 bits.</summary>
    private const int DefaultHashDigits = 16;

    private readonly string _text;
    private readonly string _experiment;
    private readonly RecordModel _record;
    private readonly LiteralMap _place;
    private readonly ParseScope _scope;
    private readonly List<TemplatePart> _parts = [];
    private readonly List<(int Start, int Length)> _spans = [];
    private bool _failed;

    private TemplateParser(string text, string experiment, RecordModel record, LiteralMap place, ParseScope scope)
    {
        _text = text;
        _experiment = experiment;
        _record = record;
        _place = place;
        _scope = scope;
    }

    /// <summary>Parses a template; <see langword="null"/> when it is wrong, after reporting why.</summary>
    /// <param name="text">The template.</param>
    /// <param name="experiment">Name of the experiment, the value of <c>{experiment}</c>.</param>
    /// <param name="record">The properties that holes may name.</param>
    /// <param name="place">Where the text stands.</param>
    /// <param name="scope">Where problems go.</param>
    public static TemplateModel? Parse(string text, string experiment, RecordModel record, LiteralMap place, ParseScope scope) =>
        new TemplateParser(text, experiment, record, place, scope).Parse();

    private TemplateModel? Parse()
    {
        var position = 0;
        while (position < _text.Length)
        {
            var open = _text.IndexOfAny(['{', '}'], position);
            if (open < 0)
                open = _text.Length;
            if (open > position)
                Add(new TemplatePart(TemplatePartKind.Literal, _text.Substring(position, open - position)), position, open - position);
            if (open == _text.Length)
                break;
            var close = _text.IndexOf('}', open);
            if (_text[open] == '}' || close < 0)
            {
                Malformed(open, 1, _text[open] == '}' ? "a `}` without a `{` before it" : "a `{` without a `}` after it");
                break;
            }

            Hole(_text.Substring(open + 1, close - open - 1), open);
            position = close + 1;
        }

        if (!_failed)
            CheckPath();
        if (!_failed)
            CheckAmbiguity();
        return _failed ? null : new TemplateModel(_text, NameComponents().ToEquatableArray());
    }

    private void Hole(string hole, int start)
    {
        var length = hole.Length + 2;
        var question = hole.IndexOf('?');
        var colon = hole.IndexOf(':');
        if (colon >= 0 && question > colon)
            question = -1;
        var end = question >= 0 ? question : colon >= 0 ? colon : hole.Length;
        var name = hole.Substring(0, end);
        var rest = end < hole.Length ? hole.Substring(end + 1) : null;
        if (name.Length == 0 || name.Trim() != name || name.IndexOf('{') >= 0)
        {
            Malformed(start, length, "expected a property name between the braces");
            return;
        }

        switch (name)
        {
            case "experiment" when rest is null:
                Add(new TemplatePart(TemplatePartKind.Literal, _experiment), start, length);
                return;
            case "hash" when question < 0:
                var digits = DefaultHashDigits;
                if (rest is not null && !(int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out digits) && digits is >= 1 and <= 32))
                    Malformed(start, length, "expected the number of digits to be from 1 to 32");
                else
                    Add(new TemplatePart(TemplatePartKind.Hash, "") { Digits = digits }, start, length);
                return;
        }

        if (Resolve(name, start) is not { } part)
            return;
        if (question >= 0)
            AddFlag(part, rest!, start, length);
        else
            AddProperty(part, rest, start, length);
    }

    private void AddFlag(TemplatePart part, string text, int start, int length)
    {
        if (part.Value!.Kind != ValueKind.Boolean)
            Malformed(start, length, $"`{part.Path}` is not a bool, and only a bool decides on text");
        else if (text.Length == 0)
            Malformed(start, length, "expected the text to write when the flag is true");
        else
            Add(part with { Kind = TemplatePartKind.Flag, Text = text }, start, length);
    }

    private void AddProperty(TemplatePart part, string? format, int start, int length)
    {
        var value = part.Value!;
        if (value.Kind is ValueKind.Record or ValueKind.Input)
            Malformed(start, length, $"`{part.Path}` is a record; name one of its properties");
        else if (value.Kind == ValueKind.Secret)
            Refuse(RuleIds.SecretInId, start, length, part.Path);
        else if (format is not null && !(value.IsNumber || value.Kind == ValueKind.TimeSpan))
            Malformed(start, length, $"`{part.Path}` takes no format; numbers and durations do");
        else if (format is not null && Sample(value, format) is not { Length: > 0 })
            Malformed(start, length, $"`{format}` is no format of the type of `{part.Path}`");
        else if (format is not null && Sample(value, format)!.FirstOrDefault(c => !PortablePath.IsAllowed(c)) is not '\0' and var odd)
            Malformed(start, length, $"`{format}` writes `{odd}`, which no id may have");
        else if (value.Enum?.Members.FirstOrDefault(m => m.IdentityName.Any(c => !PortablePath.IsAllowed(c))) is { } member)
            Malformed(start, length, $"the name `{member.IdentityName}` has characters that no segment of an id may have");
        else
            Add(part with { Format = format }, start, length);
    }

    private TemplatePart? Resolve(string name, int start)
    {
        var record = _record;
        var access = new StringBuilder();
        var isNullable = false;
        var names = name.Split('.');
        var offset = 1;
        for (var i = 0; i < names.Length; i++)
        {
            if (record?.Find(names[i]) is not { } property)
            {
                _failed = true;
                var known = record?.Properties.Select(p => p.Name) ?? [];
                if (i == 0)
                    known = known.Concat(["hash", "experiment"]);
                var exact = record?.Properties.FirstOrDefault(p => p.Key == names[i])?.Name;
                var suggestion = exact ?? Suggestion.Closest(names[i], known) ?? "";
                var prefix = string.Join(".", names.Take(i));
                _scope.Report(RuleIds.UnknownTemplateName, _place.At(start + offset, names[i].Length), names[i],
                    record?.Name ?? names[i - 1], suggestion.Length > 0 && i > 0 ? $"{prefix}.{suggestion}" : suggestion);
                return null;
            }

            access.Append(property.Identifier);
            isNullable |= property.Value.IsNullable;
            if (i == names.Length - 1)
                return new TemplatePart(TemplatePartKind.Property, "") { Path = name, Access = access.ToString(), Value = property.Value with { IsNullable = isNullable } };
            access.Append(property.Value.IsNullable ? "?." : ".");
            record = property.Value.Record;
            offset += names[i].Length + 1;
        }

        return null;
    }

    /// <summary>A value in a format; <see langword="null"/> when the type has no such format.</summary>
    private static string? Sample(ValueModel value, string format)
    {
        IFormattable sample = value.Kind switch
        {
            ValueKind.Integer => 1,
            ValueKind.Decimal => 1m,
            ValueKind.TimeSpan => TimeSpan.FromSeconds(1),
            _ => 1.0,
        };
        try
        {
            return sample.ToString(format, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // Whatever the values, the text between holes must be part of a portable path: tried with all flags on and all off.
    private void CheckPath()
    {
        foreach (var flags in new[] { true, false })
        {
            var sample = string.Concat(_parts.Select(p => p.Kind switch
            {
                TemplatePartKind.Literal => p.Text,
                TemplatePartKind.Flag => flags ? p.Text : "",
                _ => "x",
            }));
            if (PortablePath.Problem(sample) is not { } problem)
                continue;
            _failed = true;
            _scope.Report(RuleIds.UnportablePath, _place.Whole, _text, problem);
            return;
        }
    }

    // The nearest first: what is further apart may clash only because those do.
    private void CheckAmbiguity()
    {
        for (var distance = 1; distance < _parts.Count; distance++)
        {
            for (var i = 0; i + distance < _parts.Count; i++)
            {
                var j = i + distance;
                if (!Ambiguity.Between(_parts, i, j))
                    continue;
                _scope.Report(RuleIds.AmbiguousTemplate, _place.At(_spans[i].Start, _spans[j].Start + _spans[j].Length - _spans[i].Start),
                    Source(i), Source(j));
                return;
            }
        }
    }

    private string Source(int part) => _text.Substring(_spans[part].Start, _spans[part].Length);

    private IEnumerable<TemplatePart> NameComponents()
    {
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "_text", "Template", "Parse", "TryParse", "Of", "Equals", "ToString", "CompareTo", "GetHashCode", "TryFormat", "RunId" };
        var byPath = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in _parts)
        {
            if (part.Kind == TemplatePartKind.Literal)
            {
                yield return part;
                continue;
            }

            var key = part.Kind == TemplatePartKind.Hash ? "{hash}" : part.Path;
            if (!byPath.TryGetValue(key, out var component))
            {
                component = part.Kind == TemplatePartKind.Hash ? "Hash" : part.Path.Replace(".", "");
                while (!used.Add(component))
                    component += "Value";
                byPath.Add(key, component);
            }

            yield return part with { Component = component };
        }
    }

    private void Add(TemplatePart part, int start, int length)
    {
        if (part.Kind == TemplatePartKind.Literal && _parts.Count > 0 && _parts[_parts.Count - 1] is { Kind: TemplatePartKind.Literal } last)
        {
            _parts[_parts.Count - 1] = last with { Text = last.Text + part.Text };
            _spans[_spans.Count - 1] = (_spans[_spans.Count - 1].Start, start + length - _spans[_spans.Count - 1].Start);
            return;
        }

        _parts.Add(part);
        _spans.Add((start, length));
    }

    private void Malformed(int start, int length, string problem) =>
        Refuse(RuleIds.MalformedTemplate, start, length, _text.Substring(start, Math.Min(length, _text.Length - start)), problem);

    private void Refuse(string rule, int start, int length, params object[] operands)
    {
        _failed = true;
        _scope.Report(rule, _place.At(start, length), operands);
    }
}
