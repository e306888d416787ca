using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Measurement.OffPolicy.Networks;

/// <summary>A fully connected network with rectified hidden units and linear outputs; without hidden layers it is linear. Remembers the last input for its gradient.</summary>
/// <remarks>
/// All parameters are one array, layer after layer: a row of weights per input of the layer, then a bias per output. They begin uniform within ± 1 / √(inputs of the layer).
/// Inputs that are 0 cost nothing in the first layer.
/// </remarks>
internal sealed class Perceptron
{
    private readonly int[] widths;
    private readonly double[][] activations;
    private readonly double[][] errors;

    public Perceptron(int inputs, IReadOnlyList<int> hidden, int outputs, RandomGenerator random)
    {
        widths = [inputs, .. hidden, outputs];
        activations = [.. widths.Select(width => new double[width])];
        errors = [.. widths.Select(width => new double[width])];
        Parameters = new double[Enumerable.Range(1, widths.Length - 1).Sum(layer => widths[layer] * (widths[layer - 1] + 1))];
        var at = 0;
        for (var layer = 1; layer < widths.Length; layer++)
        {
            var bound = 1 / Math.Sqrt(widths[layer - 1]);
            var count = widths[layer] * (widths[layer - 1] + 1);
            foreach (ref var parameter in Parameters.AsSpan(at, count)) parameter = random.NextDouble(-bound, bound);
            at += count;
        }
    }

    public double[] Parameters { get; }

    /// <summary>The outputs for an input; they live until the next call.</summary>
    public ReadOnlySpan<double> Evaluate(ReadOnlySpan<double> input)
    {
        input.CopyTo(activations[0]);
        var at = 0;
        for (var layer = 1; layer < widths.Length; layer++)
        {
            var (from, to) = (activations[layer - 1], activations[layer]);
            var weights = Parameters.AsSpan(at, from.Length * to.Length);
            Parameters.AsSpan(at + weights.Length, to.Length).CopyTo(to);
            if (to.Length == 1)
            {
                to[0] += DenseVectors.Dot(from, weights);
            }
            else
            {
                for (var i = 0; i < from.Length; i++)
                {
                    if (from[i] != 0) DenseVectors.AddScaled(from[i], weights.Slice(i * to.Length, to.Length), to);
                }
            }

            if (layer < widths.Length - 1)
            {
                foreach (ref var value in to.AsSpan()) value = Math.Max(0, value);
            }

            at += weights.Length + to.Length;
        }

        return activations[^1];
    }

    /// <summary>The output of a network that has one.</summary>
    public double Value(ReadOnlySpan<double> input) => Evaluate(input)[0];

    /// <summary>Adds the gradient of Σ error · output at the last input to that of the parameters.</summary>
    public void AddGradient(ReadOnlySpan<double> outputErrors, Span<double> gradient)
    {
        outputErrors.CopyTo(errors[^1]);
        var at = Parameters.Length;
        for (var layer = widths.Length - 1; layer > 0; layer--)
        {
            var (from, error) = (activations[layer - 1], errors[layer]);
            at -= error.Length * (from.Length + 1);
            DenseVectors.AddScaled(1, error, gradient[(at + from.Length * error.Length)..]);
            if (error.Length == 1)
            {
                DenseVectors.AddScaled(error[0], from, gradient.Slice(at, from.Length));
            }
            else
            {
                for (var i = 0; i < from.Length; i++)
                {
                    if (from[i] != 0) DenseVectors.AddScaled(from[i], error, gradient.Slice(at + i * error.Length, error.Length));
                }
            }

            if (layer == 1) continue;
            for (var i = 0; i < from.Length; i++)
                errors[layer - 1][i] = from[i] > 0 ? DenseVectors.Dot(error, Parameters.AsSpan(at + i * error.Length, error.Length)) : 0;
        }
    }

    /// <summary>Adds the gradient of error · output at the last input, for a network with one output.</summary>
    public void AddGradient(double outputError, Span<double> gradient) => AddGradient([outputError], gradient);
}
