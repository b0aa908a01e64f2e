namespace LlmEfficiency;

/// <summary>Transformers with random weights: what they say means nothing, what they cost is real.</summary>
public enum Model
{
    /// <summary>2 layers of 64 numbers.</summary>
    Tiny,

    /// <summary>4 layers of 128 numbers.</summary>
    Small,

    /// <summary>12 layers of 768 numbers, the shape of GPT-2: for a GPU.</summary>
    Base,
}

/// <summary>The numbers a model computes with.</summary>
public enum Precision
{
    /// <summary>64 bits.</summary>
    Float64,

    /// <summary>32 bits.</summary>
    Float32,

    /// <summary>16 bits; on a CPU they are emulated.</summary>
    Float16,
}

/// <summary>How the next token is chosen.</summary>
public enum Decoder
{
    /// <summary>The likeliest.</summary>
    Greedy,

    /// <summary>One of the forty likeliest.</summary>
    TopK,
}
