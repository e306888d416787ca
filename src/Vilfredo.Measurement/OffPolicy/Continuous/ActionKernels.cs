using Vilfredo.Statistics;

namespace Vilfredo.Measurement.OffPolicy.Continuous;

/// <summary>
/// Densities that take the place of π(a | s) for a policy that does one thing in each state, over continuous actions: Π_k K((π(s)_k − a_k) / h) / h for a bandwidth h (Kallus and Zhou, "Policy Evaluation
/// and Optimization with Continuous Treatments", 2018). With logged densities (<see cref="LoggedTrajectories.HasDensities"/>) every importance-weighted estimator then runs as with numbered actions:
/// trajectory-wise, per decision, doubly robust, state-marginal, spectrum, and those of the distribution of the return.
/// </summary>
/// <remarks>
/// The bias of a step's reward is about h² / 2 · κ · r''(a) with κ the second moment of the kernel, the variance of order 1 / h per action dimension. Scale actions to [0, 1] first; the published
/// experiments take a Gaussian kernel with a bandwidth of 0.5. A policy with chance has a density of its own and needs no kernel.
/// </remarks>
public static class ActionKernels
{
    /// <summary>K(u).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kernel is not known.</exception>
    public static double Density(ActionKernel kernel, double u) => kernel switch
    {
        ActionKernel.Gaussian => SpecialFunctions.NormalDensity(u),
        ActionKernel.Epanechnikov => Math.Abs(u) <= 1 ? 0.75 * (1 - u * u) : 0,
        ActionKernel.Triangular => Math.Abs(u) <= 1 ? 1 - Math.Abs(u) : 0,
        ActionKernel.Cosine => Math.Abs(u) <= 1 ? Math.PI / 4 * Math.Cos(Math.PI / 2 * u) : 0,
        ActionKernel.Uniform => Math.Abs(u) <= 1 ? 0.5 : 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "This kernel is not known."),
    };

    /// <summary>κ = ∫ u² K(u) du.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The kernel is not known.</exception>
    public static double SecondMoment(ActionKernel kernel) => kernel switch
    {
        ActionKernel.Gaussian => 1,
        ActionKernel.Epanechnikov => 1.0 / 5,
        ActionKernel.Triangular => 1.0 / 6,
        ActionKernel.Cosine => 1 - 8 / (Math.PI * Math.PI),
        ActionKernel.Uniform => 1.0 / 3,
        _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "This kernel is not known."),
    };

    /// <summary>The densities for <see cref="PolicyView.ActionProbabilities"/>; 0 in the padding.</summary>
    /// <param name="data">What was logged, with densities.</param>
    /// <param name="loggedActions">n · T · m finite numbers: the logged actions.</param>
    /// <param name="policyActions">As many: what the evaluation policy does in each logged state.</param>
    /// <param name="bandwidth">h, above 0, for all dimensions.</param>
    /// <param name="kernel">K.</param>
    /// <exception cref="ArgumentException">The data has probabilities, the shapes do not fit, or a value is not finite.</exception>
    public static double[] Densities(
        LoggedTrajectories data, ReadOnlySpan<double> loggedActions, ReadOnlySpan<double> policyActions, double bandwidth = 0.5, ActionKernel kernel = ActionKernel.Gaussian)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!data.HasDensities)
            throw new ArgumentException("The data logs probabilities of numbered actions; a kernel needs densities of continuous ones (hasDensities).", nameof(data));
        if (!(bandwidth > 0 && double.IsFinite(bandwidth))) throw new ArgumentOutOfRangeException(nameof(bandwidth), bandwidth, "The bandwidth is finite and above 0.");
        var steps = data.Rewards.Length;
        if (loggedActions.IsEmpty || loggedActions.Length % steps != 0 || policyActions.Length != loggedActions.Length)
        {
            throw new ArgumentException(
                $"{loggedActions.Length} numbers of logged actions and {policyActions.Length} of the policy's were given for {steps} steps; give the same number of each per step.", nameof(policyActions));
        }

        var width = loggedActions.Length / steps;
        var result = new double[steps];
        for (var i = 0; i < data.Count; i++)
        {
            for (var entry = i * data.Horizon; entry < i * data.Horizon + data.Lengths[i]; entry++)
            {
                result[entry] = 1;
                for (var k = entry * width; k < (entry + 1) * width; k++)
                {
                    var distance = (policyActions[k] - loggedActions[k]) / bandwidth;
                    if (!double.IsFinite(distance)) throw new ArgumentException($"An action of step {entry - i * data.Horizon} of trajectory {i} is not finite.", nameof(loggedActions));
                    result[entry] *= Density(kernel, distance) / bandwidth;
                }
            }
        }

        return result;
    }
}
