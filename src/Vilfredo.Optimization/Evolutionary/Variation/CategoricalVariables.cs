namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The categorical variables of a space that have a choice.</summary>
internal static class CategoricalVariables
{
    public static int[] Of(DecisionSpace space)
    {
        var indices = new List<int>();
        for (var j = 0; j < space.Count; j++)
        {
            if (space.Variables[j].Kind == VariableKind.Categorical && space.Variables[j].Upper > 0) indices.Add(j);
        }

        return [.. indices];
    }

    /// <summary>Exchanges the values of one variable between two children.</summary>
    public static void Exchange(Span<double> first, Span<double> second, int variable) =>
        (first[variable], second[variable]) = (second[variable], first[variable]);
}
