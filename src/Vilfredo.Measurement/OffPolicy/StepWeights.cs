namespace Vilfredo.Measurement.OffPolicy;

/// <summary>Logarithms of the importance weights of logged steps; −∞ stands for a weight of zero.</summary>
internal sealed class StepWeights(LoggedTrajectories data, PolicySteps steps)
{
    public double[] Logarithms(ImportanceWeighting weighting, int spectrumSteps) => weighting switch
    {
        ImportanceWeighting.Trajectory => Whole(Cumulative(LogRatios())),
        ImportanceWeighting.PerDecision => Cumulative(LogRatios()),
        ImportanceWeighting.StateActionMarginal => LogMarginals(steps.StateActionRatios()),
        ImportanceWeighting.StateMarginal => Sum(LogMarginals(steps.StateRatios()), LogRatios()),
        ImportanceWeighting.Spectrum => Spectrum(spectrumSteps),
        _ => throw new ArgumentOutOfRangeException(nameof(weighting), weighting, "This weighting has no weights."),
    };

    private double[] LogRatios()
    {
        var probabilities = steps.ActionProbabilities();
        var result = new double[data.Rewards.Length];
        ForEachStep(entry => result[entry] = Math.Log(probabilities[entry]) - Math.Log(data.BehaviorProbabilities[entry]));
        return result;
    }

    // After the end of a trajectory its last marginal ratio is carried, like the other weights.
    private double[] LogMarginals(IReadOnlyList<double> ratios)
    {
        var result = new double[data.Rewards.Length];
        ForEachStep(entry => result[entry] = Math.Log(ratios[entry]));
        for (var i = 0; i < data.Count; i++)
        {
            var end = i * data.Horizon + data.Lengths[i];
            result.AsSpan(end, data.Horizon - data.Lengths[i]).Fill(result[end - 1]);
        }

        return result;
    }

    private double[] Cumulative(double[] logRatios)
    {
        for (var entry = 0; entry < logRatios.Length; entry++)
        {
            if (entry % data.Horizon > 0) logRatios[entry] += logRatios[entry - 1];
        }

        return logRatios;
    }

    private double[] Whole(double[] cumulative)
    {
        for (var start = 0; start < cumulative.Length; start += data.Horizon)
            cumulative.AsSpan(start, data.Horizon).Fill(cumulative[start + data.Horizon - 1]);
        return cumulative;
    }

    private double[] Spectrum(int spectrumSteps)
    {
        // All steps from the beginning are covered by ratios: no marginal ratio is read.
        if (spectrumSteps >= data.Horizon) return Cumulative(LogRatios());
        var result = LogMarginals(steps.StateActionRatios());
        if (spectrumSteps == 0) return result;

        var ratios = LogRatios();
        for (var start = 0; start < result.Length; start += data.Horizon)
        {
            for (var t = data.Horizon - 1; t >= 0; t--)
            {
                var first = Math.Max(0, t - spectrumSteps + 1);
                var sum = t >= spectrumSteps ? result[start + t - spectrumSteps] : 0;
                for (var j = first; j <= t; j++) sum += ratios[start + j];
                result[start + t] = sum;
            }
        }

        return result;
    }

    private static double[] Sum(double[] left, double[] right)
    {
        for (var entry = 0; entry < left.Length; entry++) left[entry] += right[entry];
        return left;
    }

    private void ForEachStep(Action<int> visit)
    {
        for (var i = 0; i < data.Count; i++)
        {
            for (var t = 0; t < data.Lengths[i]; t++) visit(i * data.Horizon + t);
        }
    }
}
