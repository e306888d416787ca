namespace Vilfredo.Optimization.Evolutionary;

/// <summary>Polynomial mutation of real and integer variables, in its bounded form.</summary>
/// <remarks>
/// <para>Source: K. Deb, M. Goyal, "A combined genetic adaptive search (GeneAS) for engineering design", Computer Science
/// and Informatics 26(4), 1996; the bounded form is that of the authors' NSGA-II program. Up and down are equally likely
/// at every value inside the bounds.</para>
/// <para>An integer is mutated as a real number in cells of width one (see <see cref="SimulatedBinaryCrossover"/>) and
/// rounded. A mutation too small to leave its cell becomes a step of one in its direction, unless that would leave the
/// bounds: then the value stays. So integers of small range do change, and no value is preferred.</para>
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
            var mutated = Perturb(value, lower[i], upper[i], random.NextDouble());
            value = isInteger[i] ? Step(value, mutated, lower[i], upper[i]) : mutated;
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

    private static double Step(double value, double mutated, double low, double high)
    {
        var rounded = NumericVariables.Round(mutated, low, high);
        if (rounded != value) return rounded;
        var stepped = mutated < value ? value - 1 : value + 1;
        return stepped > low && stepped < high ? stepped : value;
    }
}
