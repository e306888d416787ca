using Vilfredo.Statistics;

namespace Vilfredo.Measurement.OffPolicy;

/// <summary>
/// An estimator of the distribution of a policy's return, F(m) = P(Σ γ^t r_t ≤ m), from data that another policy logged; mean, variance, conditional value at risk
/// and quartiles follow from it. Huang, Leqi, Lipton and Azizzadenesheli, "Off-Policy Risk Assessment in Contextual Bandits" (2021) and "... for Markov Decision Processes" (2022);
/// Chandak et al., "Universal Off-Policy Evaluation" (2021).
/// </summary>
/// <remarks>
/// <para>With w the ratio of the whole trajectory, w_{0:T−1}, G its return and Ĝ predicted distributions, all are of the form
/// <c>mean over i of [b Ĝ(m; s_0) + w (1{G ≤ m} − b Ĝ(m; s_0, a_0))]</c> with b 1 for the direct and the doubly robust method, w 0 for the direct one;
/// the self-normalized ones divide w by its mean.</para>
/// <para>The raw estimate is unbiased for the trajectory-wise and the doubly robust method, but may leave [0, 1] and fall. <see cref="Estimate"/> takes the
/// largest value so far, clips to [0, 1] and sets F = 1 at the largest value that occurs, so that what is left of the probability lies there.</para>
/// <para>Cost: O(N log N) for N returns and values of predicted distributions.</para>
/// </remarks>
public sealed class CumulativeDistributionEstimator
{
    private readonly bool usesWeights;

    private CumulativeDistributionEstimator(string name, bool usesWeights, bool usesPredictions, bool isSelfNormalized)
    {
        (Name, this.usesWeights, UsesPredictions, IsSelfNormalized) = (name, usesWeights, usesPredictions, isSelfNormalized);
    }

    /// <summary>CD-DM: the mean of the predicted distributions.</summary>
    public static CumulativeDistributionEstimator DirectMethod { get; } = new("CD-DM", false, true, false);

    /// <summary>CD-TIS: trajectory-wise importance sampling of the indicator of a return of at most m.</summary>
    public static CumulativeDistributionEstimator TrajectoryWise { get; } = new("CD-TIS", true, false, false);

    /// <summary>CD-SNTIS: the self-normalized form; a distribution without any clipping.</summary>
    public static CumulativeDistributionEstimator SelfNormalizedTrajectoryWise { get; } = new("CD-SNTIS", true, false, true);

    /// <summary>CD-TDR: doubly robust.</summary>
    public static CumulativeDistributionEstimator DoublyRobust { get; } = new("CD-TDR", true, true, false);

    /// <summary>CD-SNTDR: the self-normalized form of <see cref="DoublyRobust"/>.</summary>
    public static CumulativeDistributionEstimator SelfNormalizedDoublyRobust { get; } = new("CD-SNTDR", true, true, true);

    /// <summary>All five.</summary>
    public static IReadOnlyList<CumulativeDistributionEstimator> All { get; } =
        [DirectMethod, TrajectoryWise, SelfNormalizedTrajectoryWise, DoublyRobust, SelfNormalizedDoublyRobust];

    /// <summary>The usual abbreviation.</summary>
    public string Name { get; }

    /// <summary>Whether predicted distributions are read.</summary>
    public bool UsesPredictions { get; }

    /// <summary>Whether weights are divided by their mean.</summary>
    public bool IsSelfNormalized { get; }

    /// <summary>The estimated distribution of the return: monotone, within [0, 1].</summary>
    /// <param name="data">What was logged.</param>
    /// <param name="policy">The evaluation policy's probabilities of the logged actions; the direct method reads nothing of it.</param>
    /// <param name="predictions">Predicted distributions for the direct and the doubly robust method, such as <see cref="PredictedReturns.Fit"/> gives.</param>
    /// <exception cref="ArgumentException">Probabilities or predictions are missing or do not fit.</exception>
    /// <exception cref="InvalidOperationException">The weights overflow; use a self-normalized estimator.</exception>
    public ReturnDistribution Estimate(LoggedTrajectories data, PolicyView policy, PredictedReturns? predictions = null) =>
        new Masses(this, data, policy, predictions).Distribution(Everything(data));

    /// <summary>The raw estimate of F at thresholds, neither clipped nor made monotone: unbiased where the method is.</summary>
    /// <param name="data">What was logged.</param>
    /// <param name="policy">The evaluation policy's probabilities of the logged actions.</param>
    /// <param name="thresholds">The values m.</param>
    /// <param name="predictions">Predicted distributions for the direct and the doubly robust method.</param>
    /// <inheritdoc cref="Estimate" path="/exception"/>
    public double[] RawCumulative(LoggedTrajectories data, PolicyView policy, ReadOnlySpan<double> thresholds, PredictedReturns? predictions = null)
    {
        var (values, cumulative) = new Masses(this, data, policy, predictions).Signed(Everything(data));
        var result = new double[thresholds.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var place = Array.BinarySearch(values, thresholds[i]);
            if (place < 0) place = ~place - 1;
            result[i] = place < 0 ? 0 : cumulative[place];
        }

        return result;
    }

    /// <summary>A number of the estimated distribution, with a bootstrap interval over trajectories.</summary>
    /// <remarks>Predictions count as given; when they were fitted on the same data, their own error is not in the interval.</remarks>
    /// <param name="data">What was logged.</param>
    /// <param name="policy">The evaluation policy's probabilities of the logged actions.</param>
    /// <param name="statistic">What is read off the distribution, such as <c>one => one.ConditionalValueAtRisk(0.1)</c>.</param>
    /// <param name="random">Draws the resamples.</param>
    /// <param name="predictions">Predicted distributions for the direct and the doubly robust method.</param>
    /// <param name="options">Level, method and number of resamples; <see langword="null"/> for the defaults.</param>
    /// <inheritdoc cref="Estimate" path="/exception"/>
    public BootstrapInterval EstimateWithInterval(
        LoggedTrajectories data, PolicyView policy, Func<ReturnDistribution, double> statistic, RandomGenerator random,
        PredictedReturns? predictions = null, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        var masses = new Masses(this, data, policy, predictions);
        double[] numbers = [.. Enumerable.Range(0, data.Count)];
        return Bootstrap.OneSample(
            numbers,
            drawn =>
            {
                var trajectories = new int[drawn.Length];
                for (var i = 0; i < trajectories.Length; i++) trajectories[i] = (int)drawn[i];
                return statistic(masses.Distribution(trajectories));
            },
            random,
            options);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static int[] Everything(LoggedTrajectories data) => [.. Enumerable.Range(0, data.Count)];

    /// <summary>The signed masses of which the estimate is the sum, trajectory by trajectory.</summary>
    private sealed class Masses
    {
        private readonly CumulativeDistributionEstimator estimator;
        private readonly PredictedReturns? predictions;
        private readonly double[] returns;
        private readonly double[] logWeights;

        public Masses(CumulativeDistributionEstimator estimator, LoggedTrajectories data, PolicyView policy, PredictedReturns? predictions)
        {
            ArgumentNullException.ThrowIfNull(data);
            ArgumentNullException.ThrowIfNull(policy);
            (this.estimator, returns) = (estimator, data.Returns());
            if (estimator.UsesPredictions)
            {
                this.predictions = predictions ?? throw new ArgumentException($"{estimator.Name} reads predicted distributions; pass them, such as PredictedReturns.Fit gives.", nameof(predictions));
                if (predictions.FirstStates.Count != data.Count)
                    throw new ArgumentException($"Distributions were predicted for {predictions.FirstStates.Count} trajectories, the data has {data.Count}.", nameof(predictions));
            }

            logWeights = new double[data.Count];
            if (!estimator.usesWeights) return;
            var logarithms = new StepWeights(data, new PolicySteps(data, policy)).Logarithms(ImportanceWeighting.Trajectory, 0);
            for (var i = 0; i < logWeights.Length; i++) logWeights[i] = logarithms[i * data.Horizon];
        }

        public ReturnDistribution Distribution(int[] trajectories)
        {
            var (values, cumulative) = Signed(trajectories);
            return ReturnDistribution.FromSigned(values, cumulative);
        }

        /// <summary>The values that occur, ascending and different, and the raw F at each.</summary>
        public (double[] Values, double[] Cumulative) Signed(int[] trajectories)
        {
            var weights = estimator.usesWeights ? Weights(trajectories) : [];
            var (values, masses) = (new List<double>(), new List<double>());

            // One distribution stands for many trajectories: what it counts for is summed first.
            var counts = new Dictionary<ReturnDistribution, double>();
            for (var j = 0; j < trajectories.Length; j++)
            {
                var i = trajectories[j];
                if (predictions is not null)
                {
                    counts[predictions.FirstStates[i]] = counts.GetValueOrDefault(predictions.FirstStates[i]) + 1.0 / trajectories.Length;
                    if (estimator.usesWeights) counts[predictions.FirstActions[i]] = counts.GetValueOrDefault(predictions.FirstActions[i]) - weights[j] / trajectories.Length;
                }

                if (!estimator.usesWeights) continue;
                values.Add(returns[i]);
                masses.Add(weights[j] / trajectories.Length);
            }

            foreach (var (distribution, count) in counts)
            {
                for (var k = 0; k < distribution.Values.Length; k++)
                {
                    values.Add(distribution.Values[k]);
                    masses.Add(count * distribution.Mass(k));
                }
            }

            var (sorted, sortedMasses) = (values.ToArray(), masses.ToArray());
            Array.Sort(sorted, sortedMasses);
            var (distinct, cumulative, sum) = (new List<double>(), new List<double>(), 0.0);
            for (var k = 0; k < sorted.Length; k++)
            {
                sum += sortedMasses[k];
                if (distinct.Count > 0 && distinct[^1] == sorted[k])
                {
                    cumulative[^1] = sum;
                    continue;
                }

                distinct.Add(sorted[k]);
                cumulative.Add(sum);
            }

            return ([.. distinct], [.. cumulative]);
        }

        private double[] Weights(int[] trajectories)
        {
            // The largest weight becomes 1 before normalizing, so that no product of ratios overflows.
            var largest = double.NegativeInfinity;
            foreach (var i in trajectories) largest = Math.Max(largest, logWeights[i]);
            var shift = estimator.IsSelfNormalized && double.IsFinite(largest) ? largest : 0;
            var (weights, mean) = (new double[trajectories.Length], 0.0);
            for (var j = 0; j < weights.Length; j++) mean += (weights[j] = Math.Exp(logWeights[trajectories[j]] - shift)) / weights.Length;
            if (!double.IsFinite(mean))
            {
                throw new InvalidOperationException(
                    $"The importance weights of {estimator.Name} overflow: the policies differ too much over this horizon. Use a self-normalized estimator or a shorter horizon.");
            }

            if (!estimator.IsSelfNormalized || mean == 0) return weights;
            for (var j = 0; j < weights.Length; j++) weights[j] /= mean;
            return weights;
        }
    }
}
