using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments;

/// <summary>Reads and writes <see cref="ExperimentDefinition"/> as JSON, without reflection.</summary>
public static class DefinitionJson
{
    /// <summary>Writes a definition. Equal definitions give equal text.</summary>
    public static string Write(ExperimentDefinition definition) =>
        JsonSerializer.Serialize(definition, DefinitionJsonContext.Default.ExperimentDefinition);

    /// <summary>Reads a definition.</summary>
    /// <exception cref="JsonException">The text is not a definition.</exception>
    public static ExperimentDefinition Read(string json) =>
        JsonSerializer.Deserialize(json, DefinitionJsonContext.Default.ExperimentDefinition)
        ?? throw new JsonException("expected an experiment definition, got null");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ExperimentDefinition))]
internal sealed partial class DefinitionJsonContext : JsonSerializerContext;
