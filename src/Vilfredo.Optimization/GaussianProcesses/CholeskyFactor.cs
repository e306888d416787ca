using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.GaussianProcesses;

/// <summary>The lower triangular factor of a growing positive definite matrix; row i has i + 1 elements.</summary>
/// <remarks>
/// Where rounding leaves a pivot too small, as for a point that occurs twice without noise, the pivot is raised to the least
/// allowed one: the factor is then that of the matrix with just enough added to that diagonal element.
/// </remarks>
internal sealed class CholeskyFactor
{
    private readonly List<double[]> rows = [];
    private readonly double leastPivot;

    /// <summary>Creates the factor of the empty matrix.</summary>
    /// <param name="leastPivot">The least value of a squared diagonal element of the factor, above 0.</param>
    public CholeskyFactor(double leastPivot) => this.leastPivot = leastPivot;

    private CholeskyFactor(CholeskyFactor other)
    {
        rows = [.. other.rows];
        leastPivot = other.leastPivot;
    }

    /// <summary>The number of rows.</summary>
    public int Count => rows.Count;

    /// <summary>A row up to its diagonal element.</summary>
    public ReadOnlySpan<double> Row(int i) => rows[i];

    /// <summary>A factor that can grow on its own; the rows so far are shared.</summary>
    public CholeskyFactor Fork() => new(this);

    /// <summary>Adds a row of the matrix, up to its diagonal element. O(n^2).</summary>
    /// <param name="row">One element per row so far and the diagonal one; overwritten and kept.</param>
    public void Append(double[] row)
    {
        var n = rows.Count;
        for (var j = 0; j < n; j++)
        {
            var other = rows[j];
            row[j] = (row[j] - DenseVectors.Dot(other.AsSpan(0, j), row)) / other[j];
        }

        var pivot = row[n] - DenseVectors.Dot(row.AsSpan(0, n), row);
        row[n] = Math.Sqrt(Math.Max(pivot, leastPivot));
        rows.Add(row);
    }

    /// <summary>Solves L v = b in place.</summary>
    public void SolveLower(Span<double> b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            var row = rows[i];
            b[i] = (b[i] - DenseVectors.Dot(row.AsSpan(0, i), b)) / row[i];
        }
    }

    /// <summary>Solves L^T u = v in place.</summary>
    public void SolveUpper(Span<double> v)
    {
        for (var i = v.Length - 1; i >= 0; i--)
        {
            var row = rows[i];
            v[i] /= row[i];
            DenseVectors.AddScaled(-v[i], row.AsSpan(0, i), v);
        }
    }

    /// <summary>L z, in place.</summary>
    public void Multiply(Span<double> z)
    {
        for (var i = z.Length - 1; i >= 0; i--) z[i] = DenseVectors.Dot(rows[i], z);
    }

    /// <summary>Half of the logarithm of the determinant.</summary>
    public double HalfLogDeterminant()
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Count; i++) sum += Math.Log(rows[i][i]);
        return sum;
    }

    /// <summary>The lower triangle of the inverse of the matrix, row i with i + 1 elements. O(n^3).</summary>
    public double[][] Inverse()
    {
        var n = rows.Count;
        var lower = new double[n][];
        var inverse = new double[n][];
        for (var i = 0; i < n; i++)
        {
            var row = lower[i] = new double[i + 1];
            inverse[i] = new double[i + 1];
            for (var k = 0; k < i; k++) DenseVectors.AddScaled(-rows[i][k], lower[k], row);
            row[i] = 1;
            var scale = 1 / rows[i][i];
            for (var j = 0; j <= i; j++) row[j] *= scale;
        }

        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i <= k; i++) DenseVectors.AddScaled(lower[k][i], lower[k].AsSpan(0, i + 1), inverse[i]);
        }

        return inverse;
    }
}
