using Vilfredo.Optimization.Gradients;

namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Trains <see cref="GraphPredictor"/> by cross-entropy on masked edges, as GraphRouter is trained: in each step some edges are hidden and predicted from those that are left, so that a prompt's own answers never tell of themselves.</summary>
/// <remarks>In training u = v + the mean over a candidate's visible edges of (quality − its mean) · tanh(W q) · β, with v, β, W, b and α learnt; afterwards all edges are visible. Full passes: O(prompts · features · hidden units) for a step.</remarks>
internal static class GraphTraining
{
    public static GraphPredictor Train(RouterTraining settings, IReadOnlyList<double[]> features, IReadOnlyList<double[]> quality)
    {
        var (inputs, hidden, candidates, prompts) = (features[0].Length, settings.Hidden, quality[0].Length, features.Count);
        var random = new RandomGenerator(settings.Seed);
        // In one array: W (hidden x (inputs + 1)), v (candidates x hidden), b (candidates), α, β.
        var (vectors, intercepts) = (hidden * (inputs + 1), (hidden * (inputs + 1)) + (candidates * hidden));
        var (propagation, message) = (intercepts + candidates, intercepts + candidates + 1);
        var values = new double[message + 1];
        for (var i = 0; i < vectors; i++)
            values[i] = random.NextNormal() / Math.Sqrt(inputs + 1);
        for (var candidate = 0; candidate < candidates; candidate++)
        {
            var mean = Math.Clamp(quality.Select(row => row[candidate]).Where(double.IsFinite).Average(), 0.02, 0.98);
            values[intercepts + candidate] = Math.Log(mean / (1 - mean));
        }

        (values[propagation], values[message]) = (1, 1);
        var neighbors = Enumerable.Range(0, prompts).Select(prompt => GraphPredictor.NearestOf(features[prompt], features, settings.Neighbors, prompt)).ToArray();
        var gradient = new double[values.Length];
        var adam = new AdamSteps(values.Length, settings.LearningRate, settings.WeightDecay);
        var isVisible = new bool[prompts, candidates];
        // So many steps that each edge is predicted about once in a pass.
        var steps = settings.Epochs * Math.Max(1, (int)Math.Round(1 / settings.Mask));
        for (var step = 0; step < steps; step++)
        {
            for (var prompt = 0; prompt < prompts; prompt++)
            {
                for (var candidate = 0; candidate < candidates; candidate++)
                    isVisible[prompt, candidate] = !double.IsNaN(quality[prompt][candidate]) && random.NextDouble() >= settings.Mask;
            }

            Step();
        }

        for (var prompt = 0; prompt < prompts; prompt++)
        {
            for (var candidate = 0; candidate < candidates; candidate++)
                isVisible[prompt, candidate] = !double.IsNaN(quality[prompt][candidate]);
        }

        var active = Active();
        var (heard, _) = Hear(active);
        return new()
        {
            Neighbors = settings.Neighbors,
            Prompts = features,
            Quality = [.. quality.Select(row => (double?[])[.. row.Select(value => double.IsNaN(value) ? (double?)null : value)])],
            Hidden = [.. Enumerable.Range(0, hidden).Select(row => values[(row * (inputs + 1))..((row + 1) * (inputs + 1))])],
            Candidates = [.. Enumerable.Range(0, candidates).Select(candidate => (double[])[.. Enumerable.Range(0, hidden).Select(h => values[vectors + (candidate * hidden) + h] + (values[message] * heard[candidate][h]))])],
            Intercepts = values[intercepts..propagation],
            Propagation = values[propagation],
        };

        double[][] Active()
        {
            var rows = new double[prompts][];
            for (var prompt = 0; prompt < prompts; prompt++)
            {
                rows[prompt] = new double[hidden];
                for (var h = 0; h < hidden; h++)
                {
                    var row = values.AsSpan(h * (inputs + 1), inputs + 1);
                    rows[prompt][h] = Math.Tanh(RouterVectors.Dot(row[..inputs], features[prompt]) + row[inputs]);
                }
            }

            return rows;
        }

        // Of each candidate the mean over visible edges of (quality − mean) · hidden, and the mean quality with the number of edges.
        (double[][] Heard, (double Mean, int Edges)[] Means) Hear(double[][] rows)
        {
            var sums = Enumerable.Range(0, candidates).Select(_ => new double[hidden]).ToArray();
            var means = new (double Mean, int Edges)[candidates];
            for (var candidate = 0; candidate < candidates; candidate++)
            {
                var (sum, edges) = (0.0, 0);
                for (var prompt = 0; prompt < prompts; prompt++)
                {
                    if (isVisible[prompt, candidate])
                        (sum, edges) = (sum + quality[prompt][candidate], edges + 1);
                }

                means[candidate] = (edges > 0 ? sum / edges : 0.5, edges);
                for (var prompt = 0; prompt < prompts; prompt++)
                {
                    if (!isVisible[prompt, candidate])
                        continue;
                    var above = (quality[prompt][candidate] - means[candidate].Mean) / edges;
                    for (var h = 0; h < hidden; h++)
                        sums[candidate][h] += above * rows[prompt][h];
                }
            }

            return (sums, means);
        }

        void Step()
        {
            var rows = Active();
            var (heard, means) = Hear(rows);
            var masked = 0;
            for (var prompt = 0; prompt < prompts; prompt++)
            {
                for (var candidate = 0; candidate < candidates; candidate++)
                    masked += double.IsNaN(quality[prompt][candidate]) || isVisible[prompt, candidate] ? 0 : 1;
            }

            if (masked == 0)
                return;
            var back = Enumerable.Range(0, prompts).Select(_ => new double[hidden]).ToArray(); // by the hidden units
            var backHeard = Enumerable.Range(0, candidates).Select(_ => new double[hidden]).ToArray();
            for (var prompt = 0; prompt < prompts; prompt++)
            {
                for (var candidate = 0; candidate < candidates; candidate++)
                {
                    if (double.IsNaN(quality[prompt][candidate]) || isVisible[prompt, candidate])
                        continue;
                    var (sum, total) = (0.0, 1.0);
                    foreach (var (other, weight) in neighbors[prompt])
                    {
                        if (!isVisible[other, candidate])
                            continue;
                        sum += weight * (quality[other][candidate] - means[candidate].Mean);
                        total += weight;
                    }

                    var vector = values.AsSpan(vectors + (candidate * hidden), hidden);
                    var logit = values[intercepts + candidate] + (values[propagation] * sum / total) + RouterVectors.Dot(vector, rows[prompt]) + (values[message] * RouterVectors.Dot(heard[candidate], rows[prompt]));
                    var error = ((1 / (1 + Math.Exp(-logit))) - quality[prompt][candidate]) / masked;
                    gradient[intercepts + candidate] += error;
                    gradient[propagation] += error * sum / total;
                    gradient[message] += error * RouterVectors.Dot(heard[candidate], rows[prompt]);
                    for (var h = 0; h < hidden; h++)
                    {
                        gradient[vectors + (candidate * hidden) + h] += error * rows[prompt][h];
                        back[prompt][h] += error * (vector[h] + (values[message] * heard[candidate][h]));
                        backHeard[candidate][h] += error * values[message] * rows[prompt][h];
                    }
                }
            }

            for (var prompt = 0; prompt < prompts; prompt++)
            {
                // What a candidate has heard came from here.
                for (var candidate = 0; candidate < candidates; candidate++)
                {
                    if (!isVisible[prompt, candidate])
                        continue;
                    var above = (quality[prompt][candidate] - means[candidate].Mean) / means[candidate].Edges;
                    for (var h = 0; h < hidden; h++)
                        back[prompt][h] += above * backHeard[candidate][h];
                }

                for (var h = 0; h < hidden; h++)
                {
                    var slope = back[prompt][h] * (1 - (rows[prompt][h] * rows[prompt][h]));
                    var row = gradient.AsSpan(h * (inputs + 1), inputs + 1);
                    for (var i = 0; i < inputs; i++)
                        row[i] += slope * features[prompt][i];
                    row[inputs] += slope;
                }
            }

            adam.Step(values, gradient);
        }
    }
}
