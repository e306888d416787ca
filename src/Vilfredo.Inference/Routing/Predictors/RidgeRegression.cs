namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Least squares with a quadratic penalty, by conjugate gradients: (XᵀX + λ I) w = Xᵀ y without forming the matrix, so wide features cost no more than rows times features a step.</summary>
internal static class RidgeRegression
{
    private const double Tolerance = 1e-10;

    /// <summary>The weights w.</summary>
    /// <param name="rows">X, at least one row.</param>
    /// <param name="targets">y, one for each row.</param>
    /// <param name="penalty">λ, positive.</param>
    public static double[] Fit(double[][] rows, double[] targets, double penalty)
    {
        var size = rows[0].Length;
        var weights = new double[size];
        var residual = new double[size];
        for (var row = 0; row < rows.Length; row++)
            Add(residual, rows[row], targets[row]);
        double[] direction = [.. residual];
        var square = RouterVectors.Dot(residual, residual);
        var enough = Tolerance * Tolerance * square;
        for (var step = 0; step < 10 * size && square > enough; step++)
        {
            var image = new double[size];
            Add(image, direction, penalty);
            foreach (var row in rows)
                Add(image, row, RouterVectors.Dot(row, direction));
            var length = square / RouterVectors.Dot(direction, image);
            Add(weights, direction, length);
            Add(residual, image, -length);
            var next = RouterVectors.Dot(residual, residual);
            for (var i = 0; i < size; i++)
                direction[i] = residual[i] + (next / square * direction[i]);
            square = next;
        }

        return weights;
    }

    private static void Add(double[] target, double[] vector, double factor)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] += factor * vector[i];
    }
}
