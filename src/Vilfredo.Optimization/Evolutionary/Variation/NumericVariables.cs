namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The real and integer variables of a space that are no keys of an order, with the bounds that operators on real numbers work in.</summary>
internal static class NumericVariables
{
    public static int[] Of(DecisionSpace space)
    {
        var indices = new List<int>();
        for (var j = 0; j < space.Count; j++)
        {
            var variable = space.Variables[j];
            if (variable is { Kind: not VariableKind.Categorical, Order: null } && variable.Lower < variable.Upper) indices.Add(j);
        }

        return [.. indices];
    }

    /// <summary>Lower bounds; those of integers half a unit further out, so that every whole number is a cell of width one.</summary>
    public static double[] LowerOf(DecisionSpace space, int[] indices) =>
        Array.ConvertAll(indices, j => space.Variables[j].Lower - HalfCell(space.Variables[j]));

    /// <summary>Upper bounds; those of integers half a unit further out.</summary>
    public static double[] UpperOf(DecisionSpace space, int[] indices) =>
        Array.ConvertAll(indices, j => space.Variables[j].Upper + HalfCell(space.Variables[j]));

    /// <summary>The whole number whose cell a value lies in, given the bounds of the cells.</summary>
    public static double Round(double value, double lower, double upper) =>
        Math.Clamp(Math.Floor(value + 0.5), lower + 0.5, upper - 0.5);

    private static double HalfCell(Variable variable) => variable.Kind == VariableKind.Integer ? 0.5 : 0;
}
