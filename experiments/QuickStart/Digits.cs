using System.Globalization;
using System.IO.Compression;

namespace QuickStart;

/// <summary>Images of 8×8 grey levels and the digits they show.</summary>
/// <param name="Images">One row of <see cref="Pixels"/> numbers in 0 … 1 for each image.</param>
/// <param name="Labels">0 … 9 for each image.</param>
internal sealed record Digits(float[][] Images, int[] Labels)
{
    public const int Pixels = 64;
    public const int Classes = 10;

    public int Count => Labels.Length;

    /// <summary>The 1,797 images of the UCI optical digits test set, in three parts that are the same in every run.</summary>
    public static (Digits Training, Digits Validation, Digits Test) Load()
    {
        var all = ReadAll();
        var order = new Generator(seed: 20).Shuffled(all.Count);
        return (all.Pick(order[600..]), all.Pick(order[300..600]), all.Pick(order[..300]));
    }

    private static Digits ReadAll()
    {
        using var file = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var images = new List<float[]>();
        var labels = new List<int>();
        while (text.ReadLine() is { } line)
        {
            // 64 grey levels from 0 to 16, then the digit.
            var row = Array.ConvertAll(line.Split(','), cell => float.Parse(cell, CultureInfo.InvariantCulture));
            images.Add(Array.ConvertAll(row[..Pixels], level => level / 16));
            labels.Add((int)row[Pixels]);
        }

        return new([.. images], [.. labels]);
    }

    private Digits Pick(int[] rows) => new(Array.ConvertAll(rows, r => Images[r]), Array.ConvertAll(rows, r => Labels[r]));
}
