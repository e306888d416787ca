namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Polynomial mutation of real and integer variables, in its bounded form.</summary>
/// <remarks>
/// <para>Source: K. Deb, M. Goyal, "A combined genetic adaptive search (GeneAS) for engineering design", Computer Science
/// and Informatics 26(4), 1996; the bounded form is that of the authors' NSGA-II program. Up and down are equally likely
/// at every value inside the bounds.</para>
/// <para>Integers take the unbounded form, whose steps are as likely up as down, in cells of width one (see
/// <see cref="SimulatedBinaryCrossover"/>): a step too small to leave its cell becomes a step of one, steps beyond the last
/// cell are reflected, and where a step of one would leave the bounds the value stays. So i becomes j as often as j becomes
/// i: integers of small range do change, and no value is preferred.</para>
/// </remarks>
public sealed class PolynomialMutation : IMutation
{
    private readonly int[] variables;
    private readonly double[] lower;
    private readonly double[] upper;
    private readonly bool[] isInteger;
    private readonly BernoulliTrials trials;
    private readonly double exponent;

    /// <summary>Creates the operator for the real and integer variables of a space.</summary>
    /// <param name="space">The variables.</param>
    /// <param name="probability">The probability with which each variable is mutated, in [0, 1].</param>
    /// <param name="distributionIndex">How small mutations are, at least 0: larger is smaller; 20 in the NSGA-II paper.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
    public PolynomialMutation(DecisionSpace space, double probability, double distributionIndex = 20)
    {
        ArgumentNullException.ThrowIfNull(space);
        VariationOptions.CheckProbability(probability, nameof(probability));
        VariationOptions.CheckIndex(distributionIndex, nameof(distributionIndex));
        Probability = probability;
        DistributionIndex = distributionIndex;
        trials = new BernoulliTrials(probability);
        exponent = distributionIndex + 1;

        variables = NumericVariables.Of(space);
        lower = NumericVariables.LowerOf(space, variables);
        upper = NumericVariables.UpperOf(space, variables);
        isInteger = Array.ConvertAll(variables, j => space.Variables[j].Kind == VariableKind.Integer);
    }

    /// <summary>The probability with which each variable is mutated.</summary>
    public double Probability { get; }

    /// <summary>How small mutations are; larger is smaller.</summary>
    public double DistributionIndex { get; }

    /// <inheritdoc/>
    public void Mutate(Span<double> decisions, RandomGenerator random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (var i = trials.Next(-1, random); i < variables.Length; i = trials.Next(i, random))
        {
            ref var value = ref decisions[variables[i]];
            var u = random.NextDouble();
            value = isInteger[i] ? Step(value, lower[i], upper[i], u) : Perturb(value, lower[i], upper[i], u);
        }
    }

    private double Perturb(double value, double low, double high, double u)
    {
        var range = high - low;
        var down = u < 0.5;
        var room = Math.Clamp((down ? value - low : high - value) / range, 0, 1);
        var tail = down ? u : 1 - u; // uniform in (0, 1/2]
        var share = 1 - Math.Pow(2 * tail + (1 - 2 * tail) * Math.Pow(1 - room, exponent), 1 / exponent);
        return Math.Clamp(down ? value - share * range : value + share * range, low, high);
    }

    private double Step(double value, double low, double high, double u)
    {
        var down = u < 0.5;
        var share = 1 - Math.Pow(2 * (down ? u : 1 - u), 1 / exponent);
        var distance = Math.Max(1, Math.Floor(share * (high - low) + 0.5));
        var stepped = down ? value - distance : value + distance;

        // Reflection at the outer edge of the last cell: a step of one beyond it comes back to where it was.
        if (stepped < low) stepped = 2 * low - stepped;
        if (stepped > high) stepped = 2 * high - stepped;
        return Math.Clamp(stepped, low + 0.5, high - 0.5);
    }
}
