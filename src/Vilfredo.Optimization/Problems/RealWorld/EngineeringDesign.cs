namespace Vilfredo.Optimization.Problems;

/// <summary>The formulas of a design: objectives to be minimised, and limits that hold where their slack is at least 0.</summary>
internal abstract class EngineeringDesign(string title, DecisionSpace space, int objectives, int limits)
{
    /// <summary>What is designed.</summary>
    public string Title { get; } = title;

    /// <summary>The variables.</summary>
    public DecisionSpace Space { get; } = space;

    /// <summary>The number of objectives.</summary>
    public int Objectives { get; } = objectives;

    /// <summary>The number of limits.</summary>
    public int Limits { get; } = limits;

    /// <summary>Evaluates one point.</summary>
    public abstract void Evaluate(ReadOnlySpan<double> x, Span<double> f, Span<double> slack);

    private protected static double Square(double value) => value * value;

    private protected static double Cube(double value) => value * value * value;

    private protected static double Fourth(double value) => Square(Square(value));
}
