using System.Runtime.InteropServices;

namespace QuickStart;

/// <summary>A multilayer perceptron: pixels → hidden rectified units → a probability for each digit.</summary>
internal sealed class Network
{
    private readonly int _hidden;

    // One array for all parameters, so that a step, a copy and a file are one operation each:
    // a row of weights and a bias for each hidden unit, then the same for each class.
    private readonly float[] _parameters;
    private readonly float[] _velocity;
    private readonly float[] _gradient;

    private readonly float[] _activations;
    private readonly float[] _activationErrors;
    private readonly float[] _probabilities = new float[Digits.Classes];

    public Network(int hidden)
    {
        _hidden = hidden;
        _parameters = new float[hidden * (Digits.Pixels + 1) + Digits.Classes * (hidden + 1)];
        _velocity = new float[_parameters.Length];
        _gradient = new float[_parameters.Length];
        _activations = new float[hidden];
        _activationErrors = new float[hidden];
    }

    private int ClassesStart => _hidden * (Digits.Pixels + 1);

    /// <summary>Draws the first weights, scaled so that signals keep their size (He).</summary>
    public void Initialize(Generator generator)
    {
        for (var unit = 0; unit < _hidden; unit++)
            Draw(HiddenRow(_parameters, unit)[..^1]);
        for (var digit = 0; digit < Digits.Classes; digit++)
            Draw(ClassRow(_parameters, digit)[..^1]);

        void Draw(Span<float> weights)
        {
            var bound = Math.Sqrt(6.0 / weights.Length);
            foreach (ref var weight in weights)
                weight = (float)((2 * generator.NextDouble() - 1) * bound);
        }
    }

    /// <summary>Adds the gradient of one image to that of the minibatch.</summary>
    /// <returns>The image's cross-entropy, in nats.</returns>
    public double Learn(float[] image, int label)
    {
        Forward(image);
        var loss = Loss(label);
        Array.Clear(_activationErrors);
        for (var digit = 0; digit < Digits.Classes; digit++)
        {
            var error = _probabilities[digit] - (digit == label ? 1 : 0);
            Accumulate(ClassRow(_gradient, digit), error, _activations);
            Vectors.AddScaled(_activationErrors, error, ClassRow(_parameters, digit)[..^1]);
        }

        for (var unit = 0; unit < _hidden; unit++)
        {
            if (_activations[unit] > 0)
                Accumulate(HiddenRow(_gradient, unit), _activationErrors[unit], image);
        }

        return loss;

        static void Accumulate(Span<float> row, float error, ReadOnlySpan<float> inputs)
        {
            Vectors.AddScaled(row[..^1], error, inputs);
            row[^1] += error;
        }
    }

    /// <summary>Takes one step of gradient descent with momentum and weight decay, and forgets the minibatch.</summary>
    public void Step(int batch, double learningRate, double momentum, double weightDecay)
    {
        Vectors.Scale(_velocity, (float)momentum);
        Vectors.AddScaled(_velocity, 1f / batch, _gradient);
        Vectors.AddScaled(_velocity, (float)weightDecay, _parameters);
        Vectors.AddScaled(_parameters, -(float)learningRate, _velocity);
        Array.Clear(_gradient);
    }

    /// <summary>Fraction of images read correctly, and mean cross-entropy in nats.</summary>
    public (double Accuracy, double Loss) Evaluate(Digits digits)
    {
        var correct = 0;
        var loss = 0.0;
        for (var i = 0; i < digits.Count; i++)
        {
            Forward(digits.Images[i]);
            loss += Loss(digits.Labels[i]);
            if (Array.IndexOf(_probabilities, _probabilities.Max()) == digits.Labels[i])
                correct++;
        }

        return ((double)correct / digits.Count, loss / digits.Count);
    }

    /// <summary>Takes over the parameters of a network of the same shape.</summary>
    public void CopyFrom(Network other) => other._parameters.CopyTo(_parameters, 0);

    /// <summary>Writes the parameters and, to go on training, the velocity.</summary>
    public void Write(Stream stream, bool velocity = false)
    {
        stream.Write(MemoryMarshal.AsBytes(_parameters.AsSpan()));
        if (velocity)
            stream.Write(MemoryMarshal.AsBytes(_velocity.AsSpan()));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(Stream stream, bool velocity = false)
    {
        stream.ReadExactly(MemoryMarshal.AsBytes(_parameters.AsSpan()));
        if (velocity)
            stream.ReadExactly(MemoryMarshal.AsBytes(_velocity.AsSpan()));
    }

    private void Forward(ReadOnlySpan<float> image)
    {
        for (var unit = 0; unit < _hidden; unit++)
            _activations[unit] = Math.Max(0, Output(HiddenRow(_parameters, unit), image));
        for (var digit = 0; digit < Digits.Classes; digit++)
            _probabilities[digit] = Output(ClassRow(_parameters, digit), _activations);

        // Softmax. The largest is taken off first, so that nothing overflows.
        var largest = _probabilities.Max();
        var sum = 0f;
        foreach (ref var p in _probabilities.AsSpan())
            sum += p = MathF.Exp(p - largest);
        foreach (ref var p in _probabilities.AsSpan())
            p /= sum;

        static float Output(ReadOnlySpan<float> row, ReadOnlySpan<float> inputs) => Vectors.Dot(row[..^1], inputs) + row[^1];
    }

    private double Loss(int label) => -Math.Log(Math.Max(_probabilities[label], float.Epsilon));

    private Span<float> HiddenRow(float[] values, int unit) => values.AsSpan(unit * (Digits.Pixels + 1), Digits.Pixels + 1);

    private Span<float> ClassRow(float[] values, int digit) => values.AsSpan(ClassesStart + digit * (_hidden + 1), _hidden + 1);
}
