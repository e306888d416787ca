using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Hourglass;

/// <summary>One refinement of the skip connection: z + W2 act(W1 norm(z)).</summary>
public sealed class ResidualBlock : Module<Tensor, Tensor>
{
    private const double NormEpsilon = 1e-6;

    private readonly Activation _activation;

    [ComponentName(Name = "norm")]
    private readonly RmsNorm? _norm;

    [ComponentName(Name = "w1")]
    private readonly Linear _inner;

    [ComponentName(Name = "w2")]
    private readonly Linear _outer;

    internal ResidualBlock(ResidualMlpShape shape, int width, RandomGenerator random)
        : base(nameof(ResidualBlock))
    {
        _activation = shape.Activation;
        if (shape.Normalizes)
            _norm = new RmsNorm(shape.LatentWidth, NormEpsilon);
        // Small, and the smaller the more blocks there are, so that the skip connection starts about as long as the lift made it.
        var deviation = 0.5 / Math.Sqrt(2.0 * shape.BottleneckWidths.Count * width);
        _inner = RandomMatrix.Linear(shape.LatentWidth, width, 1 / Math.Sqrt(shape.LatentWidth), shape.Biases, random);
        _outer = RandomMatrix.Linear(width, shape.LatentWidth, deviation, shape.Biases, random);
        RegisterComponents();
    }

    /// <summary>Refines latents, [..., d_z].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var inner = _inner.forward(_norm?.forward(input) ?? input); // (..., d_h)
        var active = _activation switch
        {
            Activation.Relu => functional.relu(inner),
            Activation.Silu => functional.silu(inner),
            _ => functional.gelu(inner),
        };
        return input.Plus(_outer.forward(active)).MoveToOuterDisposeScope();
    }
}
