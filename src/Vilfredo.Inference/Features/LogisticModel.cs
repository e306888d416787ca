namespace Vilfredo.Inference.Features;

/// <summary>The chance that a response is right, from its features: σ(b + θ · (f − mean) / deviation), fitted by maximum likelihood with a quadratic penalty.</summary>
public sealed class LogisticModel
{
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _weights;

    private LogisticModel(double[] means, double[] deviations, double[] weights) => (_means, _deviations, _weights) = (means, deviations, weights);

    /// <summary>A model of known weights on features as they are.</summary>
    /// <param name="intercept">b.</param>
    /// <param name="weights">θ, one for each feature.</param>
    public LogisticModel(double intercept, IReadOnlyList<double> weights)
        : this(new double[weights.Count], [.. Enumerable.Repeat(1.0, weights.Count)], [intercept, .. weights])
    {
    }

    /// <summary>b, then θ of the standardised features.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>The same model on features as they are: b, and one weight for each feature.</summary>
    public (double Intercept, IReadOnlyList<double> Weights) OnRawFeatures
    {
        get
        {
            double[] raw = [.. _weights.Skip(1).Select((weight, feature) => weight / _deviations[feature])];
            return (_weights[0] - raw.Select((weight, feature) => weight * _means[feature]).Sum(), raw);
        }
    }

    /// <summary>Fits by Newton's method (iteratively reweighted least squares).</summary>
    /// <param name="rows">The features of each response, all of one length.</param>
    /// <param name="isRight">Whether each was right.</param>
    /// <param name="penalty">The weight of ½‖θ‖², positive: with it the fit exists even where the classes can be told apart perfectly.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, there are none, or a value is not finite.</exception>
    public static LogisticModel Fit(IReadOnlyList<IReadOnlyList<double>> rows, IReadOnlyList<bool> isRight, double penalty = 1)
    {
        ArgumentNullException.ThrowIfNull(isRight);
        return Fit(rows, [.. isRight.Select(right => right ? 1.0 : 0.0)], penalty);
    }

    /// <summary>Fits to outcomes that are shares, such as the mean over repeats, as <see cref="Fit(IReadOnlyList{IReadOnlyList{double}}, IReadOnlyList{bool}, double)"/> does to right and wrong.</summary>
    /// <param name="rows">The features of each response, all of one length.</param>
    /// <param name="outcomes">The share that was right, each in [0, 1].</param>
    /// <param name="penalty">The weight of ½‖θ‖², positive.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ, there are none, a value is not finite, or an outcome is outside [0, 1].</exception>
    public static LogisticModel Fit(IReadOnlyList<IReadOnlyList<double>> rows, IReadOnlyList<double> outcomes, double penalty = 1)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(outcomes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(penalty);
        if (rows.Count == 0 || rows.Count != outcomes.Count)
            throw new ArgumentException($"{rows.Count} rows of features and {outcomes.Count} outcomes were given; give one outcome for each of at least one row.", nameof(rows));
        if (outcomes.Any(outcome => !(outcome is >= 0 and <= 1)))
            throw new ArgumentException("An outcome is outside 0 to 1.", nameof(outcomes));
        var count = rows[0].Count;
        if (rows.Any(row => row.Count != count || row.Any(value => !double.IsFinite(value))))
            throw new ArgumentException($"A row does not have {count} finite features.", nameof(rows));
        var means = Enumerable.Range(0, count).Select(feature => rows.Average(row => row[feature])).ToArray();
        var deviations = Enumerable.Range(0, count).Select(feature =>
        {
            var deviation = Math.Sqrt(rows.Average(row => (row[feature] - means[feature]) * (row[feature] - means[feature])));
            return deviation > 0 ? deviation : 1;
        }).ToArray();
        var model = new LogisticModel(means, deviations, new double[count + 1]);
        var inputs = rows.Select(model.Standardized).ToArray();
        for (var step = 0; step < 100 && model.Newton(inputs, outcomes, penalty) > 1e-10; step++)
        {
        }

        return model;
    }

    /// <summary>The chance that a response with these features is right, in (0, 1).</summary>
    public double Probability(IReadOnlyList<double> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count != _means.Length)
            throw new ArgumentException($"The model reads {_means.Length} features, not {features.Count}.", nameof(features));
        return Sigmoid(Standardized(features));
    }

    private double[] Standardized(IReadOnlyList<double> row) => [1, .. row.Select((value, feature) => (value - _means[feature]) / _deviations[feature])];

    private double Sigmoid(double[] input)
    {
        var sum = 0.0;
        for (var i = 0; i < input.Length; i++)
            sum += _weights[i] * input[i];
        return 1 / (1 + Math.Exp(-sum));
    }

    // One step; returns the largest change.
    private double Newton(double[][] inputs, IReadOnlyList<double> outcomes, double penalty)
    {
        var size = _weights.Length;
        var gradient = new double[size];
        var hessian = new double[size, size];
        for (var i = 0; i < size; i++)
        {
            // The intercept is held only enough for outcomes that are all the same.
            var strength = i == 0 ? 1e-6 : penalty;
            gradient[i] = -strength * _weights[i];
            hessian[i, i] = strength;
        }

        foreach (var (row, input) in inputs.Index())
        {
            var chance = Sigmoid(input);
            for (var i = 0; i < size; i++)
            {
                gradient[i] += (outcomes[row] - chance) * input[i];
                var scaled = chance * (1 - chance) * input[i];
                for (var j = 0; j <= i; j++)
                    hessian[i, j] += scaled * input[j];
            }
        }

        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
                hessian[j, i] = hessian[i, j];
        }

        Solve(hessian, gradient);
        var largest = gradient.Max(Math.Abs);
        // Long steps of an almost flat likelihood overshoot.
        var scale = largest > 4 ? 4 / largest : 1;
        for (var i = 0; i < size; i++)
            _weights[i] += scale * gradient[i];
        return largest;
    }

    // Gaussian elimination; the matrix is positive definite, so no pivots are needed.
    private static void Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        for (var i = 0; i < size; i++)
        {
            for (var row = i + 1; row < size; row++)
            {
                var factor = matrix[row, i] / matrix[i, i];
                for (var column = i; column < size; column++)
                    matrix[row, column] -= factor * matrix[i, column];
                right[row] -= factor * right[i];
            }
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var column = i + 1; column < size; column++)
                right[i] -= matrix[i, column] * right[column];
            right[i] /= matrix[i, i];
        }
    }
}
