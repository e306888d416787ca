using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Measurement.OffPolicy;

/// <summary>Sums of outer products, and the equations that they make.</summary>
internal sealed class NormalEquations(int dimension)
{
    private readonly double[,] matrix = new double[dimension, dimension];

    /// <summary>Adds weight · left · rightᵀ.</summary>
    public void Add(double weight, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] == 0) continue; // features of tables are nearly all 0
            for (var j = 0; j < right.Length; j++) matrix[i, j] += weight * left[i] * right[j];
        }
    }

    /// <summary>Solves (M + ridge · m I) x = right, or with Mᵀ, where m is the mean of M's diagonal, which makes the ridge free of units. O(d³).</summary>
    /// <exception cref="InvalidOperationException">The equations have no single solution.</exception>
    public double[] Solve(ReadOnlySpan<double> right, double ridge, bool isTransposed = false)
    {
        var order = 0.0;
        for (var i = 0; i < dimension; i++) order += Math.Abs(matrix[i, i]) / dimension;
        if (order == 0) return new double[dimension];
        var copy = new double[dimension, dimension];
        for (var i = 0; i < dimension; i++)
        {
            for (var j = 0; j < dimension; j++) copy[i, j] = (isTransposed ? matrix[j, i] : matrix[i, j]) / order;
            copy[i, i] += ridge;
        }

        var solution = right.ToArray();
        if (!LinearEquations.Solve(copy, solution)) throw new InvalidOperationException("The features do not determine the estimate on this data; take fewer features, more data or a larger ridge.");
        foreach (ref var value in solution.AsSpan()) value /= order;
        return solution;
    }
}
