namespace Vilfredo.Measurement.OffPolicy;

/// <summary>A policy over numbered states and actions: the probability of each action in each state. Immutable.</summary>
public sealed class TabularPolicy
{
    private const double SumTolerance = 1e-9;
    private readonly double[] probabilities;

    /// <summary>Takes over a copy of the probabilities.</summary>
    /// <param name="probabilities">Row-major, one row of <paramref name="actions"/> probabilities per state, each summing to 1.</param>
    /// <param name="actions">The number of actions, at least 1.</param>
    /// <exception cref="ArgumentException">The shape does not fit, a probability is negative, or a row does not sum to 1.</exception>
    public TabularPolicy(ReadOnlySpan<double> probabilities, int actions)
    {
        States = Distributions.Check(probabilities, actions, SumTolerance, nameof(probabilities));
        Actions = actions;
        this.probabilities = probabilities.ToArray();
    }

    /// <summary>The number of states.</summary>
    public int States { get; }

    /// <summary>The number of actions.</summary>
    public int Actions { get; }

    /// <summary>All probabilities, one row per state.</summary>
    public ReadOnlySpan<double> Probabilities => probabilities;

    /// <summary>The probability of an action in a state.</summary>
    public double this[int state, int action] => Of(state)[action];

    /// <summary>The policy that takes every action with the same probability.</summary>
    public static TabularPolicy Uniform(int states, int actions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        var probabilities = new double[states * actions];
        Array.Fill(probabilities, 1.0 / actions);
        return new TabularPolicy(probabilities, actions);
    }

    /// <summary>The probabilities proportional to exp(score / temperature) in each state.</summary>
    /// <param name="scores">Row-major finite scores, one row of <paramref name="actions"/> per state.</param>
    /// <param name="actions">The number of actions.</param>
    /// <param name="temperature">Above 0; large values come close to the uniform policy.</param>
    public static TabularPolicy Softmax(ReadOnlySpan<double> scores, int actions, double temperature = 1)
    {
        PointMatrix.Validate(scores, actions, nameof(scores));
        if (!(temperature > 0)) throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be above 0.");
        var probabilities = scores.ToArray();
        for (var start = 0; start < probabilities.Length; start += actions)
        {
            var row = probabilities.AsSpan(start, actions);
            var largest = double.NegativeInfinity;
            foreach (var score in row) largest = Math.Max(largest, score);
            var sum = 0.0;
            foreach (ref var score in row) sum += score = Math.Exp((score - largest) / temperature);
            foreach (ref var score in row) score /= sum;
        }

        return new TabularPolicy(probabilities, actions);
    }

    /// <summary>The mixture that follows the other policy with probability <paramref name="share"/> at each step, and this one else.</summary>
    /// <exception cref="ArgumentException">The policies have different shapes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside [0, 1].</exception>
    public TabularPolicy Mix(TabularPolicy other, double share)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.States != States || other.Actions != Actions)
            throw new ArgumentException("Policies over different states or actions cannot be mixed.", nameof(other));
        if (!(share is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies in [0, 1].");
        var mixed = new double[probabilities.Length];
        for (var i = 0; i < mixed.Length; i++) mixed[i] = (1 - share) * probabilities[i] + share * other.probabilities[i];
        return new TabularPolicy(mixed, Actions);
    }

    /// <summary>The probabilities of the actions in a state.</summary>
    public ReadOnlySpan<double> Of(int state) => probabilities.AsSpan(state * Actions, Actions);
}
