using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Trains a perceptron by cross-entropy.</summary>
internal static class PerceptronTraining
{
    private const int Batch = 32;

    public static PerceptronPredictor Train(RouterTraining settings, IReadOnlyList<double[]> features, IReadOnlyList<double[]> quality)
    {
        var (inputs, hidden, outputs) = (features[0].Length, settings.Hidden, quality[0].Length);
        var random = new RandomGenerator(settings.Seed);
        var (above, below) = (hidden * (inputs + 1), outputs * (hidden + 1));
        var weights = new double[above + below];
        for (var i = 0; i < above; i++)
            weights[i] = random.NextNormal() / Math.Sqrt(inputs + 1);
        // Outputs begin at the mean qualities.
        for (var k = 0; k < outputs; k++)
        {
            var mean = Math.Clamp(quality.Select(row => row[k]).Where(double.IsFinite).Average(), 0.02, 0.98);
            weights[above + (k * (hidden + 1)) + hidden] = Math.Log(mean / (1 - mean));
        }

        var gradient = new double[weights.Length];
        var adam = new AdamSteps(weights.Length, settings.LearningRate, settings.WeightDecay);
        var order = Enumerable.Range(0, features.Count).ToArray();
        var (active, back) = (new double[hidden], new double[hidden]);
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            random.Shuffle(order.AsSpan());
            foreach (var batch in order.Chunk(Batch))
            {
                foreach (var row in batch)
                    Add(features[row], quality[row], 1.0 / batch.Length);
                adam.Step(weights, gradient);
            }
        }

        return new() { Hidden = Rows(0, hidden, inputs + 1), Output = Rows(above, outputs, hidden + 1) };

        void Add(double[] input, double[] target, double share)
        {
            for (var h = 0; h < hidden; h++)
            {
                var row = weights.AsSpan(h * (inputs + 1), inputs + 1);
                var sum = row[inputs];
                for (var i = 0; i < inputs; i++)
                    sum += row[i] * input[i];
                active[h] = Math.Tanh(sum);
            }

            Array.Clear(back);
            for (var k = 0; k < outputs; k++)
            {
                if (double.IsNaN(target[k]))
                    continue;
                var start = above + (k * (hidden + 1));
                var sum = weights[start + hidden];
                for (var h = 0; h < hidden; h++)
                    sum += weights[start + h] * active[h];
                var error = share * ((1 / (1 + Math.Exp(-sum))) - target[k]);
                gradient[start + hidden] += error;
                for (var h = 0; h < hidden; h++)
                {
                    gradient[start + h] += error * active[h];
                    back[h] += error * weights[start + h];
                }
            }

            for (var h = 0; h < hidden; h++)
            {
                var error = back[h] * (1 - (active[h] * active[h]));
                var row = gradient.AsSpan(h * (inputs + 1), inputs + 1);
                for (var i = 0; i < inputs; i++)
                    row[i] += error * input[i];
                row[inputs] += error;
            }
        }

        double[][] Rows(int start, int rows, int width) => [.. Enumerable.Range(0, rows).Select(row => weights[(start + (row * width))..(start + ((row + 1) * width))])];
    }
}
