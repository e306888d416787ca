namespace Vilfredo.Optimization;

/// <summary>
/// An input constraint between variables, such as <c>a &lt; b</c> or <c>a + b &lt;= 1</c>: true when the decisions may be
/// proposed. Must be a pure function (the same decisions always get the same answer) that may be called from any thread.
/// </summary>
/// <param name="decisions">One value per variable, in the space's order and encoding.</param>
public delegate bool DecisionFilter(ReadOnlySpan<double> decisions);
