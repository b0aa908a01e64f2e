namespace Experiments.Generators.Parsing;

/// <summary>The rules, and the operands that parsing reports with each.</summary>
internal static class RuleIds
{
    /// <summary>Operands: type.</summary>
    public const string NotPartial = "EXP1001";

    /// <summary>Operands: property, type.</summary>
    public const string UnsupportedPropertyType = "EXP1002";

    /// <summary>Operands: property.</summary>
    public const string MutableProperty = "EXP1003";

    /// <summary>Operands: name, other type. Found by the analyzer, which sees all experiments.</summary>
    public const string DuplicateExperimentName = "EXP1004";

    /// <summary>Operands: enum, name outside C#, first member, second member.</summary>
    public const string DuplicateEnumName = "EXP1005";

    /// <summary>Operands: sweep, required properties, comma separated, experiment.</summary>
    public const string RequiredPropertyUnset = "EXP1006";

    /// <summary>Operands: member, type.</summary>
    public const string ReservedMemberName = "EXP1007";

    /// <summary>Operands: name, why it is no portable path or empty.</summary>
    public const string InvalidExperimentName = "EXP1008";

    /// <summary>Operands: name outside C#, first property, second property.</summary>
    public const string DuplicateKey = "EXP1009";

    /// <summary>Operands: type, what it must be instead.</summary>
    public const string UnsuitableType = "EXP1010";

    /// <summary>Operands: property.</summary>
    public const string SecretInId = "EXP1050";

    /// <summary>Operands: where it goes. Found by the analyzer of secrets.</summary>
    public const string SecretWritten = "EXP1051";

    /// <summary>Operands: property, type.</summary>
    public const string SecretAsText = "EXP1052";

    /// <summary>Operands: method. Found by the analyzer of secrets.</summary>
    public const string SecretInSource = "EXP1053";

    /// <summary>Operands: name, experiment, suggestion or empty.</summary>
    public const string UnknownTemplateName = "EXP2001";

    /// <summary>Operands: axes, points, distinct ids. Found by the analyzer.</summary>
    public const string RunsCollide = "EXP2002";

    /// <summary>Operands: first hole, second hole.</summary>
    public const string AmbiguousTemplate = "EXP2003";

    /// <summary>Operands: first id, second id. Found by the analyzer.</summary>
    public const string IdsDifferInCase = "EXP2004";

    /// <summary>Operands: path, what is wrong with it.</summary>
    public const string UnportablePath = "EXP2005";

    /// <summary>Operands: first id, second id. Found by the analyzer.</summary>
    public const string IdIsPrefix = "EXP2006";

    /// <summary>Operands: hole or text, what is wrong with it.</summary>
    public const string MalformedTemplate = "EXP2007";

    /// <summary>Operands: locked template, template, what it does to runs. This and what follows is found by the analyzer of the lock.</summary>
    public const string LockedIdChanged = "EXP2050";

    /// <summary>Operands: locked name, property, what it does to runs.</summary>
    public const string LockedPropertyRenamed = "EXP2051";

    /// <summary>Operands: experiment, property, what it does to runs.</summary>
    public const string LockedPropertyAdded = "EXP2052";

    /// <summary>Operands: property, locked default, default, what it does to runs, locked default as C# or empty.</summary>
    public const string LockedDefaultChanged = "EXP2053";

    /// <summary>Operands: property, locked type, type, what it does to runs.</summary>
    public const string LockedTypeChanged = "EXP2054";

    /// <summary>Operands: kind of declaration, name, what it means.</summary>
    public const string LockedDeclarationGone = "EXP2055";

    /// <summary>Operands: file, what is wrong.</summary>
    public const string LockUnreadable = "EXP2056";

    /// <summary>Operands: sweep, locked number of runs, number of runs.</summary>
    public const string LockedSweepChanged = "EXP2058";

    /// <summary>Operands: experiment, locked name, what it does to runs.</summary>
    public const string LockedPropertyRemoved = "EXP2059";

    /// <summary>Operands: former name, property, who has it already.</summary>
    public const string FormerNameTaken = "EXP2057";

    /// <summary>Operands: axis path, experiment, suggestion or empty.</summary>
    public const string AxisNotOnExperiment = "EXP3001";

    /// <summary>Operands: axis, expected type, value or type given.</summary>
    public const string AxisValueType = "EXP3002";

    /// <summary>Operands: axis, value, what it must be.</summary>
    public const string AxisValueOutOfBounds = "EXP3003";

    /// <summary>Operands: axis, value.</summary>
    public const string DuplicateAxisValue = "EXP3004";

    /// <summary>Operands: axis, or sweep when it has no axes.</summary>
    public const string EmptyAxis = "EXP3005";

    /// <summary>Operands: group, first axis, its count, second axis, its count.</summary>
    public const string ZipLengths = "EXP3006";

    /// <summary>Operands: sweep, runs, limit.</summary>
    public const string TooManyRuns = "EXP3007";

    /// <summary>Operands: sweep, what is missing.</summary>
    public const string SamplesMismatch = "EXP3008";

    /// <summary>Operands: axis attribute, axis, what it suits.</summary>
    public const string UnsuitableAxis = "EXP3009";

    /// <summary>Operands: sweep, what is wrong.</summary>
    public const string NotASweep = "EXP3010";

    /// <summary>Operands: attribute, text. This and what follows is found by the proofs of the analyzer.</summary>
    public const string BadDuration = "EXP1012";

    /// <summary>Operands: what, what it must be, value.</summary>
    public const string ImpossibleValue = "EXP1013";

    /// <summary>Operands: property, smallest, largest.</summary>
    public const string EmptyRange = "EXP1014";

    /// <summary>Operands: property, default, what it must be.</summary>
    public const string DefaultOutOfBounds = "EXP1015";

    /// <summary>Operands: serializer context, experiment.</summary>
    public const string ForeignJson = "EXP1016";

    /// <summary>Operands: field.</summary>
    public const string FieldIgnored = "EXP1017";

    /// <summary>Operands: attribute, where it belongs, where it is.</summary>
    public const string AttributeIgnored = "EXP1018";

    /// <summary>Operands: attribute, what it checks, property.</summary>
    public const string CheckIgnored = "EXP1019";

    /// <summary>Operands: member, sweep, experiment.</summary>
    public const string AxisForgotten = "EXP3019";

    /// <summary>Operands: member, what it must be.</summary>
    public const string SweepMemberShape = "EXP3020";

    /// <summary>Operands: type.</summary>
    public const string SweepUndeclared = "EXP3021";

    /// <summary>Operands: property, results record.</summary>
    public const string ResultIgnored = "EXP5012";

    /// <summary>Operands: method, what it must be.</summary>
    public const string TrainerIgnored = "EXP4004";

    /// <summary>Operands: experiment.</summary>
    public const string TrainerMissing = "EXP4005";

    /// <summary>Operands: sweep, most bytes, bytes, id.</summary>
    public const string IdTooLong = "EXP2008";

    /// <summary>Operands: axis, value.</summary>
    public const string DeadAxis = "EXP3011";

    /// <summary>Operands: axis, value.</summary>
    public const string UnusedValue = "EXP3012";

    /// <summary>Operands: sweep, points.</summary>
    public const string NoRuns = "EXP3013";

    /// <summary>Operands: first sweep, second sweep, runs, an id.</summary>
    public const string SharedRuns = "EXP3014";

    /// <summary>Operands: sweep, budget, hours, runs, estimate, GPUs of a run.</summary>
    public const string OverBudget = "EXP3015";

    /// <summary>Operands: sweep, experiment, what is missing.</summary>
    public const string BudgetUnchecked = "EXP3016";

    /// <summary>Operands: zip group, values.</summary>
    public const string DuplicateCell = "EXP3017";

    /// <summary>Operands: property, first axis, second axis.</summary>
    public const string AxesOverlap = "EXP3018";

    /// <summary>Operands: what is missing, where, the nearest entrypoint or empty.</summary>
    public const string EntrypointMissing = "EXP4001";

    /// <summary>Operands: file, what fails, the entrypoint as a module.</summary>
    public const string FileInPackage = "EXP4002";

    /// <summary>Operands: function, what it must be.</summary>
    public const string FunctionSignature = "EXP4003";

    /// <summary>Operands: script, option, nearest option or empty, key that gives it or empty.</summary>
    public const string UnknownOption = "EXP4010";

    /// <summary>Operands: sweep, what it needs.</summary>
    public const string SweepWithParameters = "EXP3022";

    /// <summary>Operands: script, what it requires.</summary>
    public const string MissingOption = "EXP4011";

    /// <summary>Operands: property, default, choices.</summary>
    public const string DefaultNotAccepted = "EXP4012";

    /// <summary>Operands: property, value, choices.</summary>
    public const string ValueNotAccepted = "EXP4013";

    /// <summary>Operands: property, option, what the option takes, what is passed.</summary>
    public const string OptionType = "EXP4014";

    /// <summary>Operands: property, why, the style that suits or empty.</summary>
    public const string BooleanStyle = "EXP4015";

    /// <summary>Operands: script, option it accepts, option passed, the case that suits.</summary>
    public const string OptionCase = "EXP4016";

    /// <summary>Operands: script, what it reads, what is passed, the style that suits.</summary>
    public const string ArgumentStyle = "EXP4017";

    /// <summary>Operands: axis, value, choices.</summary>
    public const string AxisValueNotAccepted = "EXP4018";

    /// <summary>Operands: tool, nearest tool or empty.</summary>
    public const string UnknownTool = "EXP4020";

    /// <summary>Operands: tool, the commit it is at or empty.</summary>
    public const string ToolNotPinned = "EXP4021";

    /// <summary>Operands: property, type.</summary>
    public const string RemedyNotNumeric = "EXP5001";

    /// <summary>Operands: property, what the remedy must have.</summary>
    public const string RemedyWithoutEffect = "EXP5002";

    /// <summary>Operands: property.</summary>
    public const string RemedyWithoutFloor = "EXP5003";

    /// <summary>Operands: experiment, GPUs, processes.</summary>
    public const string TooManyProcesses = "EXP5004";

    /// <summary>Operands: experiment, timeout, estimate.</summary>
    public const string TimeoutTooShort = "EXP5005";

    /// <summary>Operands: name, experiment, suggestion.</summary>
    public const string UnknownMetric = "EXP5006";

    /// <summary>Operands: results record, first metric, second metric.</summary>
    public const string TwoPrimaryMetrics = "EXP5007";

    /// <summary>Operands: expression, what is wrong with it.</summary>
    public const string BadFailureRule = "EXP5009";

    /// <summary>Operands: what was expected and what was found.</summary>
    public const string BrokenInvariant = "EXP5010";

    /// <summary>Operands: experiment, which failures.</summary>
    public const string TwoRetries = "EXP5011";

    /// <summary>Operands: experiment, inputs from it back to it.</summary>
    public const string EndlessInputs = "EXP6001";

    /// <summary>Operands: input, experiment it is of.</summary>
    public const string InputWithoutArtifacts = "EXP6002";

    /// <summary>Operands: name, experiment, suggestion.</summary>
    public const string UnknownArtifact = "EXP6003";

    /// <summary>Operands: name, experiment, suggestion or empty.</summary>
    public const string UnknownInput = "EXP6004";

    /// <summary>Operands: artifact, path, what is wrong.</summary>
    public const string ArtifactPath = "EXP6005";

    /// <summary>Operands: path, first artifact, second artifact.</summary>
    public const string DuplicateArtifact = "EXP6006";
}
