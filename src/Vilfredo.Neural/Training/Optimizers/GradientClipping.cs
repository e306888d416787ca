using TorchSharp;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Bounds the gradients of a step by their common norm.</summary>
public static class GradientClipping
{
    /// <summary>Scales all gradients by one factor, so that their common Euclidean norm is at most <paramref name="maximum"/>. The norm is read once.</summary>
    /// <param name="groups">The parameters; those without a gradient are passed over.</param>
    /// <param name="maximum">The bound, positive; infinity only measures.</param>
    /// <returns>The norm before, 0 when there is no gradient. When it is not finite the gradients stay as they are: the caller decides about the step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public static double ByGlobalNorm(IReadOnlyList<ParameterGroup> groups, double maximum)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (!(maximum > 0))
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, "The largest norm must be positive; use infinity to measure without clipping.");
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var gradients = groups.SelectMany(group => group.Parameters).Select(one => one.Value.grad).OfType<Tensor>().ToList();
        if (gradients.Count == 0)
            return 0;
        var norm = stack(gradients.Select(gradient => gradient.norm().to(ScalarType.Float64))).norm().item<double>();
        if (double.IsFinite(norm) && norm > maximum)
        {
            foreach (var gradient in gradients)
                gradient.ScaleBy(maximum / norm);
        }

        return norm;
    }
}
