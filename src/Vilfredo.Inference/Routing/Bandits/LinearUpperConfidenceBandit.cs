namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>LinUCB with a model for each candidate: θ · x + α √(xᵀ A⁻¹ x) with θ = A⁻¹ b, A = λ I + Σ x xᵀ and b = Σ reward x over the times that it was taken (Li et al., WWW 2010, arXiv 1003.0146). A⁻¹ is kept up to date by the Sherman-Morrison formula: O(d²) for a reward.</summary>
public sealed class LinearUpperConfidenceBandit : IBandit
{
    private readonly int _size;
    private readonly double[] _counts;
    private readonly double[] _rewards;
    private readonly double[][] _inverses;
    private readonly double[][] _responses;
    private readonly double _exploration;
    private readonly Lock _lock = new();

    /// <summary>A bandit that knows nothing.</summary>
    /// <param name="candidates">The number of candidates, at least 1.</param>
    /// <param name="features">d, the number of features, at least 1; a constant is not added.</param>
    /// <param name="exploration">α, at least 0; too small a one can settle on a wrong candidate for good.</param>
    /// <param name="ridge">λ, positive.</param>
    public LinearUpperConfidenceBandit(int candidates, int features, double exploration = 1, double ridge = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(exploration);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ridge);
        (_size, _exploration) = (features, exploration);
        (_counts, _rewards) = (new double[candidates], new double[candidates]);
        _responses = [.. Enumerable.Range(0, candidates).Select(_ => new double[features])];
        _inverses = [.. Enumerable.Range(0, candidates).Select(_ => new double[features * features])];
        foreach (var inverse in _inverses)
        {
            for (var i = 0; i < features; i++)
                inverse[(i * features) + i] = 1 / ridge;
        }
    }

    internal LinearUpperConfidenceBandit(BanditState state)
    {
        (_counts, _rewards, _exploration) = ([.. state.Counts], [.. state.Rewards], state.Exploration);
        _responses = [.. state.Responses!.Select(row => row.ToArray())];
        _inverses = [.. state.Inverses!.Select(row => row.ToArray())];
        _size = _responses[0].Length;
    }

    /// <inheritdoc/>
    public int Candidates => _counts.Length;

    /// <inheritdoc/>
    public IReadOnlyList<double> Values(IReadOnlyList<double> context, RandomGenerator random)
    {
        Check(context);
        lock (_lock)
        {
            return
            [
                .. _inverses.Zip(_responses, (inverse, response) =>
                {
                    var projected = Times(inverse, context);
                    return Dot(projected, response) + (_exploration * Math.Sqrt(Math.Max(0, Dot(projected, context))));
                }),
            ];
        }
    }

    /// <inheritdoc/>
    public void Learn(int candidate, IReadOnlyList<double> context, double reward)
    {
        Check(context);
        Rewards.Check(reward);
        lock (_lock)
        {
            var inverse = _inverses[candidate];
            var projected = Times(inverse, context);
            var scale = 1 + Dot(projected, context);
            for (var i = 0; i < _size; i++)
            {
                for (var j = 0; j < _size; j++)
                    inverse[(i * _size) + j] -= projected[i] * projected[j] / scale;
                _responses[candidate][i] += reward * context[i];
            }

            _counts[candidate]++;
            _rewards[candidate] += reward;
        }
    }

    /// <inheritdoc/>
    public BanditState Save()
    {
        lock (_lock)
        {
            return new()
            {
                Kind = "linucb",
                Counts = [.. _counts],
                Rewards = [.. _rewards],
                Exploration = _exploration,
                Inverses = [.. _inverses.Select(inverse => inverse.ToArray())],
                Responses = [.. _responses.Select(response => response.ToArray())],
            };
        }
    }

    private void Check(IReadOnlyList<double> context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Count != _size)
            throw new ArgumentException($"The bandit reads {_size} features, not {context.Count}.", nameof(context));
    }

    private double[] Times(double[] matrix, IReadOnlyList<double> vector)
    {
        var product = new double[_size];
        for (var i = 0; i < _size; i++)
        {
            for (var j = 0; j < _size; j++)
                product[i] += matrix[(i * _size) + j] * vector[j];
        }

        return product;
    }

    private static double Dot(double[] a, IReadOnlyList<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
