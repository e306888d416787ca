using TorchSharp;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Hourglass;

/// <summary>A random matrix from the input to the skip connection that is not trained. It is a buffer: it is saved, and no optimiser finds it, nor decays it.</summary>
public sealed class FixedLift : Module<Tensor, Tensor>
{
    [ComponentName(Name = "weight")]
    private readonly Tensor _weight;

    internal FixedLift(int inputWidth, int latentWidth, LiftKind kind, RandomGenerator random)
        : base(nameof(FixedLift))
    {
        _weight = kind switch
        {
            LiftKind.FixedOrthogonal => Orthogonal(latentWidth, inputWidth, random),
            LiftKind.FixedSigns => RandomMatrix.Make(latentWidth, inputWidth, () => (random.NextBoolean() ? 1 : -1) / Math.Sqrt(latentWidth)),
            _ => RandomMatrix.Normal(latentWidth, inputWidth, 1 / Math.Sqrt(latentWidth), random),
        };
        RegisterComponents();
    }

    /// <summary>The matrix, [d_z, d_x].</summary>
    public Tensor Weight => _weight;

    /// <summary>Maps [..., d_x] to [..., d_z].</summary>
    public override Tensor forward(Tensor input) => functional.linear(input, _weight);

    private static Tensor Orthogonal(int rows, int columns, RandomGenerator random)
    {
        using var scope = NewDisposeScope();
        var (tall, wide) = (Math.Max(rows, columns), Math.Min(rows, columns));
        var (q, r) = linalg.qr(RandomMatrix.Normal(tall, wide, 1, random).to(ScalarType.Float64));
        // With the signs of the diagonal the distribution is uniform (Mezzadri, 2007).
        var uniform = q * r.diagonal().sign();
        return (rows >= columns ? uniform : uniform.t()).to(ScalarType.Float32).contiguous().MoveToOuterDisposeScope();
    }
}
