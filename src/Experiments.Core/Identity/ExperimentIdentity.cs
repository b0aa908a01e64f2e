using System.Collections.Immutable;

namespace Experiments;

/// <summary>What the ids and content hashes of an experiment's runs are made of, under first-ever names: what a lock holds.</summary>
/// <param name="Id">The run id template, its holes named as outside C#: <c>{dataset}/lr{learning_rate}</c>.</param>
/// <param name="Properties">The values of the configuration, nested ones by their dotted paths, in declaration order. Secrets are not among them.</param>
/// <param name="Defaults">JSON, UTF-8, of the configuration of defaults that is hashed; what has no default is empty there.</param>
public sealed record ExperimentIdentity(string Id, ImmutableArray<IdentityProperty> Properties, ReadOnlyMemory<byte> Defaults);

/// <summary>A value of a configuration.</summary>
/// <param name="Name">Its path under first-ever names: <c>optimizer.weight_decay</c>.</param>
/// <param name="Type">What it can be: <c>double</c>, <c>int?</c>, <c>[double]</c>, <c>hcrl_ch | hcrl_sa</c>.</param>
/// <param name="IsRequired">Whether it has no default.</param>
public sealed record IdentityProperty(string Name, string Type, bool IsRequired = false);
