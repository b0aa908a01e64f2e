namespace Experiments;

/// <summary>
/// Keeps the identity of runs across a rename: content hashes, and what run ids say of enum members, go on using the former name. Everything
/// else (options, JSON, Python) uses the new one; configurations stored under the former name are still read.
/// </summary>
/// <remarks>After several renames, one attribute for each, oldest first: the first one identifies.</remarks>
/// <param name="name">The former name outside C#: <c>lr</c> for a property that was <c>Lr</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true)]
public sealed class FormerNameAttribute(string name) : Attribute
{
    /// <summary>The former name outside C#.</summary>
    public string Name { get; } = name;
}
