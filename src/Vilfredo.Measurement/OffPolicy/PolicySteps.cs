namespace Vilfredo.Measurement.OffPolicy;

/// <summary>Checked access to the arrays of a <see cref="PolicyView"/>; what is not read need not be there.</summary>
internal sealed class PolicySteps(LoggedTrajectories data, PolicyView policy)
{
    private IReadOnlyList<double>? stateValues;
    private IReadOnlyList<double>? actionValues;

    public IReadOnlyList<double> StateValues => stateValues ??=
        Checked(policy.StateValues, nameof(PolicyView.StateValues), double.MinValue, double.MaxValue);

    public IReadOnlyList<double> ActionValues => actionValues ??=
        Checked(policy.ActionValues, nameof(PolicyView.ActionValues), double.MinValue, double.MaxValue);

    public IReadOnlyList<double> ActionProbabilities() =>
        Checked(policy.ActionProbabilities, nameof(PolicyView.ActionProbabilities), 0, data.HasDensities ? double.MaxValue : 1);

    public IReadOnlyList<double> StateActionRatios() =>
        Checked(policy.StateActionRatios, nameof(PolicyView.StateActionRatios), 0, double.MaxValue);

    public IReadOnlyList<double> StateRatios() =>
        Checked(policy.StateRatios, nameof(PolicyView.StateRatios), 0, double.MaxValue);

    private IReadOnlyList<double> Checked(IReadOnlyList<double>? values, string name, double low, double high)
    {
        if (values is null)
            throw new ArgumentException($"The estimator reads {name}, which the policy view does not have; set it.");
        if (values.Count != data.Rewards.Length)
        {
            throw new ArgumentException(
                $"{name} has {values.Count} entries; give one per step, {data.Count} × {data.Horizon} = {data.Rewards.Length}.");
        }

        for (var i = 0; i < data.Count; i++)
        {
            for (var t = 0; t < data.Lengths[i]; t++)
            {
                var value = values[i * data.Horizon + t];
                if (!(value >= low && value <= high))
                {
                    throw new ArgumentException(
                        $"{name} of step {t} of trajectory {i} is {value}; allowed are {(low == 0 ? high == 1 ? "0 to 1" : "finite numbers of at least 0" : "finite numbers")}.");
                }
            }
        }

        return values;
    }
}
