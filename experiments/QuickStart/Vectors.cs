using System.Numerics;
using System.Runtime.InteropServices;

namespace QuickStart;

/// <summary>The three operations a network spends its time in, on as many numbers at once as the processor takes. Two spans have the same length.</summary>
internal static class Vectors
{
    /// <summary>Σ aᵢ · bᵢ</summary>
    public static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var wideB = MemoryMarshal.Cast<float, Vector<float>>(b);
        var sums = Vector<float>.Zero;
        for (var i = 0; i < wideA.Length; i++)
            sums += wideA[i] * wideB[i];
        var sum = Vector.Sum(sums);
        for (var i = wideA.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>targetᵢ += scale · aᵢ</summary>
    public static void AddScaled(Span<float> target, float scale, ReadOnlySpan<float> a)
    {
        var wideTarget = MemoryMarshal.Cast<float, Vector<float>>(target);
        var wideA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var scales = new Vector<float>(scale);
        for (var i = 0; i < wideTarget.Length; i++)
            wideTarget[i] += scales * wideA[i];
        for (var i = wideTarget.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] += scale * a[i];
    }

    /// <summary>targetᵢ *= scale</summary>
    public static void Scale(Span<float> target, float scale)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(target);
        for (var i = 0; i < wide.Length; i++)
            wide[i] *= scale;
        for (var i = wide.Length * Vector<float>.Count; i < target.Length; i++)
            target[i] *= scale;
    }
}
