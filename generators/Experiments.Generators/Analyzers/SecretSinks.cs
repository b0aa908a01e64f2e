using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Experiments.Generators.Analyzers;

/// <summary>Where a revealed secret must not go: into texts, which are shown somewhere, and to what writes.</summary>
internal static class SecretSinks
{
    // Newer than the Roslyn that this is compiled against; a `params` span is one.
    private const OperationKind CollectionExpression = (OperationKind)0x7f;

    /// <summary>The sink that a value goes into, in words; <see langword="null"/>: none that is known.</summary>
    public static string? Of(IOperation value)
    {
        for (var (child, parent) = (value, value.Parent); parent is not null; (child, parent) = (parent, parent.Parent))
        {
            switch (parent)
            {
                case IInterpolationOperation:
                    return "an interpolated string";
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }:
                case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }:
                    return "a concatenation";
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return OfCall(call.TargetMethod);
                case IArgumentOperation { Parent: IObjectCreationOperation { Type: { } type } }:
                    return IsA(type, "System.Exception") ? $"the text of `{type.Name}`" : null;
                case IConditionalOperation conditional when conditional.Condition == child:
                    return null;
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation or ICoalesceOperation or IConditionalOperation
                    or ITupleOperation or IArrayInitializerOperation or IArrayCreationOperation or { Kind: CollectionExpression }:
                    continue;
                default:
                    return null;
            }
        }

        return null;
    }

    private static string? OfCall(IMethodSymbol method)
    {
        var type = method.ContainingType;
        var name = type.ToDisplayString();
        var writes = name switch
        {
            "System.Console" or "System.Diagnostics.Debug" or "System.Diagnostics.Trace" or "Experiments.RunContext" or "System.Text.StringBuilder" => true,
            "string" => method.Name is "Concat" or "Format" or "Join",
            "System.IO.File" => method.Name.StartsWith("Write", StringComparison.Ordinal) || method.Name.StartsWith("Append", StringComparison.Ordinal),
            _ => IsA(type, "System.IO.TextWriter")
                || name.StartsWith("Microsoft.Extensions.Logging.", StringComparison.Ordinal) || name.StartsWith("Serilog.", StringComparison.Ordinal) || name.StartsWith("NLog.", StringComparison.Ordinal),
        };
        return writes ? $"`{type.Name}.{method.Name}`" : null;
    }

    private static bool IsA(ITypeSymbol type, string name)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.ToDisplayString() == name)
                return true;
        }

        return false;
    }
}
