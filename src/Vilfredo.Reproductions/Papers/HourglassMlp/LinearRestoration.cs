using TorchSharp;
using Vilfredo.Neural.Training.Data;
using static TorchSharp.torch;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The best linear restorations, in closed form.</summary>
internal static class LinearRestoration
{
    private static readonly double[] Penalties = [1e-4, 1e-3, 1e-2, 1e-1, 1, 10];

    /// <summary>W = Y X^T (X X^T + lambda I)^-1, with the lambda that restores the validation pairs best; restored test vectors.</summary>
    public static float[] Ridge(VectorBatch train, VectorBatch validation, VectorBatch test)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Precise(train.InputTensor()), Precise(train.TargetTensor()));
        var (gram, cross) = (x.t().matmul(x), x.t().matmul(y));
        var best = Penalties.MaxBy(penalty => RestorationTasks.PeakSignalToNoise(Applied(Map(penalty), validation), validation));
        return Applied(Map(best), test);

        Tensor Map(double penalty) => linalg.solve(Plus(gram, penalty), cross);
    }

    /// <summary>The affine map of least mean squared error under the training pairs' means and covariances; with additive noise of known strength, Wiener's m + S (S + sigma^2 I)^-1 (x - m). Restored test vectors.</summary>
    public static float[] Wiener(RestorationTask task, VectorBatch train, VectorBatch test)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Precise(train.InputTensor()), Precise(train.TargetTensor()));
        var (meanX, meanY) = (x.mean([0]), y.mean([0]));
        Tensor own, cross;
        using var rows = tensor((double)train.Rows);
        if (task == RestorationTask.SuperResolution)
        {
            var centred = x - meanX;
            // Pixels of a square are equal, so that the covariance of what is given is singular.
            own = Plus(centred.t().matmul(centred) / rows, 1e-6);
            cross = centred.t().matmul(y - meanY) / rows;
        }
        else
        {
            var centred = y - meanY;
            cross = centred.t().matmul(centred) / rows;
            own = Plus(cross, RestorationTasks.Noise * RestorationTasks.Noise);
            meanX = meanY;
        }

        var restored = meanY - (meanX - Precise(test.InputTensor())).matmul(linalg.solve(own, cross));
        return restored.to(ScalarType.Float32).data<float>().ToArray();
    }

    private static float[] Applied(Tensor map, VectorBatch pairs) => Precise(pairs.InputTensor()).matmul(map).to(ScalarType.Float32).data<float>().ToArray();

    /// <summary>A square matrix with a number added to its diagonal. Numbers are tensors here, and nothing is added: TorchSharp makes numbers of its own for both, which may be freed while they are in use.</summary>
    private static Tensor Plus(Tensor matrix, double diagonal) => matrix - eye(matrix.size(0), dtype: ScalarType.Float64) * tensor(-diagonal);

    private static Tensor Precise(Tensor numbers) => numbers.to(ScalarType.Float64);
}
