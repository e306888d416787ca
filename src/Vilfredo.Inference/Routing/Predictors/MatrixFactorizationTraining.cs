using Vilfredo.Inference.Features;
using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Trains <see cref="MatrixFactorizationPredictor"/> by cross-entropy on preferences: for each prompt, each two candidates whose qualities are known, with ½ + ½ (difference of the qualities) as the outcome.</summary>
internal static class MatrixFactorizationTraining
{
    private const int Batch = 64;

    public static MatrixFactorizationPredictor Train(RouterTraining settings, IReadOnlyList<double[]> features, IReadOnlyList<double[]> quality)
    {
        var (inputs, rank, candidates) = (features[0].Length, settings.Dimensions, quality[0].Length);
        var random = new RandomGenerator(settings.Seed);
        // In one array: W (rank x (inputs + 1)), v (candidates x rank), w (rank).
        var (vectors, head) = (rank * (inputs + 1), (rank * (inputs + 1)) + (candidates * rank));
        var values = new double[head + rank];
        for (var i = 0; i < vectors; i++)
            values[i] = random.NextNormal() / Math.Sqrt(inputs + 1);
        for (var i = vectors; i < head; i++)
            values[i] = random.NextNormal();
        Array.Fill(values, 1.0, head, rank);

        var gradient = new double[values.Length];
        var adam = new AdamSteps(values.Length, settings.LearningRate, settings.WeightDecay);
        var order = Enumerable.Range(0, features.Count).ToArray();
        var (input, projected, back) = (new double[inputs + 1], new double[rank], new double[rank]);
        var (strength, errors) = (new double[candidates], new double[candidates]);
        input[inputs] = 1;
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            foreach (var batch in order.Chunk(Batch))
            {
                foreach (var row in batch)
                {
                    for (var i = 0; i < inputs; i++)
                        input[i] = features[row][i] + (settings.Noise > 0 ? settings.Noise * random.NextNormal() : 0);
                    Add(quality[row], 1.0 / batch.Length);
                }

                adam.Step(values, gradient);
            }
        }

        double[][] projection = [.. Enumerable.Range(0, rank).Select(row => values[(row * (inputs + 1))..((row + 1) * (inputs + 1))])];
        double[][] scaled =
        [
            .. Enumerable.Range(0, candidates).Select(candidate =>
            {
                var (vector, norm) = Vector(candidate);
                return (double[])[.. vector.Select((value, r) => values[head + r] * value / norm)];
            }),
        ];
        double[][] strengths = [.. features.Select(row => MatrixFactorizationPredictor.StrengthsOf(projection, scaled, row))];
        return new()
        {
            Projection = projection,
            Candidates = scaled,
            Scales =
            [
                .. Enumerable.Range(0, candidates).Select(candidate =>
                {
                    var known = Enumerable.Range(0, quality.Count).Where(i => !double.IsNaN(quality[i][candidate])).ToList();
                    var (intercept, slope) = LogisticModel.Fit([.. known.Select(i => (double[])[strengths[i][candidate]])], [.. known.Select(i => quality[i][candidate])], 1).OnRawFeatures;
                    return (double[])[intercept, slope[0]];
                }),
            ],
        };

        (double[] Values, double Norm) Vector(int candidate)
        {
            var vector = values[(vectors + (candidate * rank))..(vectors + ((candidate + 1) * rank))];
            return (vector, Math.Max(1e-9, Math.Sqrt(vector.Sum(value => value * value))));
        }

        void Add(double[] known, double share)
        {
            for (var r = 0; r < rank; r++)
            {
                var sum = 0.0;
                var row = values.AsSpan(r * (inputs + 1), inputs + 1);
                for (var i = 0; i <= inputs; i++)
                    sum += row[i] * input[i];
                projected[r] = sum;
            }

            var unit = Enumerable.Range(0, candidates).Select(Vector).ToArray();
            for (var k = 0; k < candidates; k++)
            {
                strength[k] = 0;
                for (var r = 0; r < rank; r++)
                    strength[k] += values[head + r] * unit[k].Values[r] / unit[k].Norm * projected[r];
            }

            Array.Clear(errors);
            for (var a = 0; a < candidates; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    if (double.IsNaN(known[a]) || double.IsNaN(known[b]))
                        continue;
                    var error = share * ((1 / (1 + Math.Exp(strength[b] - strength[a]))) - (0.5 + (0.5 * (known[a] - known[b]))));
                    errors[a] += error;
                    errors[b] -= error;
                }
            }

            Array.Clear(back);
            for (var k = 0; k < candidates; k++)
            {
                if (errors[k] == 0)
                    continue;
                var (vector, norm) = unit[k];
                // The gradient of v / |v|: what is along v is taken off.
                var along = 0.0;
                for (var r = 0; r < rank; r++)
                    along += values[head + r] * projected[r] * vector[r] / norm;
                for (var r = 0; r < rank; r++)
                {
                    var direction = vector[r] / norm;
                    gradient[head + r] += errors[k] * direction * projected[r];
                    back[r] += errors[k] * values[head + r] * direction;
                    gradient[vectors + (k * rank) + r] += errors[k] * ((values[head + r] * projected[r]) - (along * direction)) / norm;
                }
            }

            for (var r = 0; r < rank; r++)
            {
                var row = gradient.AsSpan(r * (inputs + 1), inputs + 1);
                for (var i = 0; i <= inputs; i++)
                    row[i] += back[r] * input[i];
            }
        }
    }
}
