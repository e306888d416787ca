namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>
/// How decisions enter a kernel: numbers on [0, 1] between their bounds, integers rounded first, categories as they are.
/// </summary>
internal sealed class InputScaling
{
    private readonly Variable[] variables;

    public InputScaling(DecisionSpace space)
    {
        variables = space.Variables.ToArray();
        IsCategorical = Array.ConvertAll(variables, v => v.Kind == VariableKind.Categorical);
    }

    public int Count => variables.Length;

    public bool[] IsCategorical { get; }

    /// <summary>Scales whole rows.</summary>
    public void ToUnit(ReadOnlySpan<double> decisions, Span<double> unit)
    {
        for (var i = 0; i < decisions.Length; i++)
        {
            var variable = variables[i % variables.Length];
            unit[i] = variable.Kind == VariableKind.Categorical ? decisions[i]
                : variable.Lower == variable.Upper ? 0.5
                : ((variable.Kind == VariableKind.Integer ? Math.Round(decisions[i]) : decisions[i]) - variable.Lower) / (variable.Upper - variable.Lower);
        }
    }

    /// <summary>The decisions of one scaled row, moved to values that the variables can take.</summary>
    public void FromUnit(ReadOnlySpan<double> unit, Span<double> decisions)
    {
        for (var j = 0; j < unit.Length; j++)
        {
            var variable = variables[j];
            decisions[j] = variable.Clamp(variable.Kind == VariableKind.Categorical ? unit[j] : variable.Lower + unit[j] * (variable.Upper - variable.Lower));
        }
    }
}
