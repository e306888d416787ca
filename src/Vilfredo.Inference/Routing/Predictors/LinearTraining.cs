using Vilfredo.Inference.Features;

namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Fits linear predictors, candidate by candidate.</summary>
internal static class LinearTraining
{
    private const int Folds = 5;
    private const int MostPasses = 300;

    /// <summary>Logistic regression.</summary>
    public static LinearPredictor Logistic(IReadOnlyList<double[]> features, IReadOnlyList<double[]> quality, double penalty) => Of(quality[0].Length, candidate =>
    {
        var (rows, outcomes) = KnownOf(features, quality, candidate);
        return LogisticModel.Fit(rows, outcomes, penalty).OnRawFeatures;
    });

    /// <summary>
    /// A support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., ICML 2008 [memory]), whose margins become chances by a logistic fit to margins of held-out folds (Platt 1999 [memory]).
    /// A quality between 0 and 1 counts as a right and a wrong answer in these shares.
    /// </summary>
    public static LinearPredictor SupportVector(IReadOnlyList<double[]> features, IReadOnlyList<double[]> quality, double cost, RandomGenerator random) => Of(quality[0].Length, candidate =>
    {
        var (rows, outcomes) = KnownOf(features, quality, candidate);
        var order = Enumerable.Range(0, rows.Length).ToArray();
        random.Shuffle(order.AsSpan());
        var margins = new double[rows.Length];
        var folds = Math.Min(Folds, rows.Length);
        for (var fold = 0; fold < folds; fold++)
        {
            int[] kept = [.. order.Where((_, place) => folds == 1 || place % folds != fold)];
            var model = Margins([.. kept.Select(i => rows[i])], [.. kept.Select(i => outcomes[i])], cost, random.Split());
            foreach (var held in order.Where((_, place) => place % folds == fold))
                margins[held] = MarginOf(model, rows[held]);
        }

        var whole = Margins(rows, outcomes, cost, random.Split());
        var (intercept, slope) = LogisticModel.Fit([.. margins.Select(margin => (double[])[margin])], outcomes, 0.1).OnRawFeatures;
        // Margins that are better the smaller they are say nothing.
        var scale = Math.Max(0, slope[0]);
        if (scale == 0)
            return (LogisticModel.Fit([.. rows.Select(_ => (double[])[0])], outcomes, 1).OnRawFeatures.Intercept, new double[rows[0].Length]);
        return (intercept + (scale * whole[^1]), (IReadOnlyList<double>)[.. whole.SkipLast(1).Select(weight => scale * weight)]);
    });

    private static LinearPredictor Of(int candidates, Func<int, (double Intercept, IReadOnlyList<double> Weights)> fit)
    {
        var fits = Enumerable.Range(0, candidates).Select(fit).ToList();
        return new() { Intercepts = [.. fits.Select(one => one.Intercept)], Weights = [.. fits.Select(one => one.Weights)] };
    }

    private static (double[][] Rows, double[] Outcomes) KnownOf(IReadOnlyList<double[]> features, IReadOnlyList<double[]> quality, int candidate)
    {
        var known = Enumerable.Range(0, quality.Count).Where(i => !double.IsNaN(quality[i][candidate])).ToList();
        return ([.. known.Select(i => features[i])], [.. known.Select(i => quality[i][candidate])]);
    }

    private static double MarginOf(double[] weights, double[] row)
    {
        var margin = weights[^1];
        for (var i = 0; i < row.Length; i++)
            margin += weights[i] * row[i];
        return margin;
    }

    // Weights and, last, the bias.
    private static double[] Margins(double[][] rows, double[] outcomes, double cost, RandomGenerator random)
    {
        (int Row, int Sign, double Diagonal, double Square)[] examples =
        [
            .. rows.SelectMany((row, i) => (IEnumerable<(int, int, double)>)[(i, 1, cost * outcomes[i]), (i, -1, cost * (1 - outcomes[i]))])
                .Where(example => example.Item3 > 0)
                .Select(example => (example.Item1, example.Item2, 1 / (2 * example.Item3), 1 + rows[example.Item1].Sum(value => value * value))),
        ];
        var weights = new double[rows[0].Length + 1];
        var dual = new double[examples.Length];
        var order = Enumerable.Range(0, examples.Length).ToArray();
        for (var pass = 0; pass < MostPasses; pass++)
        {
            random.Shuffle(order.AsSpan());
            var largest = 0.0;
            foreach (var i in order)
            {
                var (place, sign, diagonal, square) = examples[i];
                var gradient = (sign * MarginOf(weights, rows[place])) - 1 + (diagonal * dual[i]);
                if (dual[i] == 0)
                    gradient = Math.Min(0, gradient);
                largest = Math.Max(largest, Math.Abs(gradient));
                var next = Math.Max(0, dual[i] - (gradient / (square + diagonal)));
                var step = (next - dual[i]) * sign;
                dual[i] = next;
                for (var j = 0; j < rows[place].Length; j++)
                    weights[j] += step * rows[place][j];
                weights[^1] += step;
            }

            if (largest < 1e-4)
                break;
        }

        return weights;
    }
}
