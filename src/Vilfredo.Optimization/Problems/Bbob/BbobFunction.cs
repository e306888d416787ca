namespace Vilfredo.Optimization.Problems;

/// <summary>One of the 24 functions of the black-box optimisation benchmark BBOB, in any number of variables, with the seeded instances of the COCO platform.</summary>
/// <remarks>
/// Source: N. Hansen, S. Finck, R. Ros, A. Auger, "Real-parameter black-box optimization benchmarking 2009: noiseless functions definitions", INRIA RR-6829, 2009; how instances are drawn
/// and where definitions and the platform differ (functions 4, 7, 9, 19, 20, 21 and 22) follows the platform, whose values the tests hold. All are minimised on [-5, 5]^n and defined
/// everywhere.
/// </remarks>
public sealed class BbobFunction
{
    private readonly BbobLandscape landscape;

    /// <summary>Creates a function.</summary>
    /// <param name="number">From 1 (sphere) to 24 (Lunacek's bi-Rastrigin).</param>
    /// <param name="variables">The number of variables, at least 2.</param>
    /// <param name="instance">The instance, at least 1: it moves, turns and lifts the function.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public BbobFunction(int number, int variables, int instance = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 24);
        ArgumentOutOfRangeException.ThrowIfLessThan(variables, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(instance, 1);
        Number = number;
        VariableCount = variables;
        Instance = instance;
        OptimumValue = BbobRandom.Offset(number, instance);
        var seed = BbobRandom.SeedOf(number, instance);
        (var optimum, landscape) = number is 3 or 4 or > 14 ? BbobMultimodal.Create(number, variables, seed) : BbobUnimodal.Create(number, variables, seed);
        Optimum = optimum;
    }

    /// <summary>The function, from 1 to 24.</summary>
    public int Number { get; }

    /// <summary>The number of variables.</summary>
    public int VariableCount { get; }

    /// <summary>The instance.</summary>
    public int Instance { get; }

    /// <summary>The point with the smallest value.</summary>
    public IReadOnlyList<double> Optimum { get; }

    /// <summary>The smallest value.</summary>
    public double OptimumValue { get; }

    /// <summary>The value at a point.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is not one value per variable.</exception>
    public double Evaluate(ReadOnlySpan<double> x)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, VariableCount);
        return landscape(x) + OptimumValue;
    }
}
