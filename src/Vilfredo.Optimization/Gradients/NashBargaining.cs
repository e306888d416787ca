using Vilfredo.Optimization.LinearAlgebra;

namespace Vilfredo.Optimization.Gradients;

/// <summary>
/// Nash-MTL (A. Navon et al., Multi-task learning as a bargaining game, ICML 2022): the weights a above 0 with C a = 1/a, C the
/// Gram matrix. The objectives' scales do not matter: with g_j times s its weight is divided by s.
/// </summary>
/// <remarks>
/// The weights are the only minimum of a'Ca/2 - sum log a, found by damped Newton steps. At a Pareto-critical point there is none:
/// then the weights are those of the combination of least norm, which is 0.
/// </remarks>
public sealed class NashBargaining : IGradientCombiner
{
    private const int NewtonSteps = 200;
    private const double Critical = 1e-12;

    /// <inheritdoc/>
    public void Weigh(ReadOnlySpan<double> gram, Span<double> weights)
    {
        var m = weights.Length;
        MinimumNormPoint.CheckGram(gram, m);
        var scale = new double[m];
        for (var i = 0; i < m; i++) scale[i] = Math.Sqrt(gram[i * m + i]);
        if (scale.Contains(0))
        {
            MinimumNormPoint.Solve(gram, weights);
            return;
        }

        var cosines = new double[m * m];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++) cosines[i * m + j] = gram[i * m + j] / (scale[i] * scale[j]);
        }

        if (MinimumNormPoint.Solve(cosines, weights) <= Critical)
        {
            MinimumNormPoint.Solve(gram, weights);
            return;
        }

        weights.Fill(1 / Math.Sqrt(m));
        Newton(cosines, weights);
        for (var i = 0; i < m; i++) weights[i] /= scale[i];
    }

    private static void Newton(ReadOnlySpan<double> c, Span<double> a)
    {
        var m = a.Length;
        var (hessian, step) = (new double[m, m], new double[m]);
        for (var round = 0; round < NewtonSteps; round++)
        {
            // In b = da / a the Hessian is D C D + I with D = diag(a): never singular.
            for (var i = 0; i < m; i++)
            {
                step[i] = 1 - a[i] * MinimumNormPoint.RowProduct(c, i, a);
                for (var j = 0; j < m; j++) hessian[i, j] = a[i] * c[i * m + j] * a[j] + (i == j ? 1 : 0);
            }

            var residual = step.Max(Math.Abs);
            var decrement = 0.0;
            var slope = step.ToArray();
            if (!LinearEquations.Solve(hessian, step)) return;
            for (var i = 0; i < m; i++) decrement += slope[i] * step[i];
            var damping = 1 / (1 + Math.Sqrt(Math.Max(0, decrement))); // self-concordance: stays above 0
            if (decrement < 0.05) damping = 1;
            for (var i = 0; i < m; i++) a[i] *= 1 + damping * step[i];
            if (residual <= 1e-13) return;
        }
    }
}
