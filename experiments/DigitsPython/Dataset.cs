namespace DigitsPython;

/// <summary>The same images, with more or fewer labels.</summary>
public enum Dataset
{
    /// <summary>Every training image has its label.</summary>
    Optdigits,

    /// <summary>A hundred training images have theirs.</summary>
    OptdigitsFew,
}

/// <summary>How large the network is.</summary>
public enum Size
{
    /// <summary>128 and 64 units: accurate.</summary>
    Teacher,

    /// <summary>12 and 8 units: small enough for anything.</summary>
    Student,
}
