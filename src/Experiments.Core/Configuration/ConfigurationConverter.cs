using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Core;

/// <summary>Lets <see cref="JsonSerializer"/> read and write configurations in their canonical form.</summary>
/// <typeparam name="T">The experiment.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ConfigurationConverter<T> : JsonConverter<T>
    where T : class, IExperiment<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => T.Read(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => Configuration.WriteTo(value, writer);
}
