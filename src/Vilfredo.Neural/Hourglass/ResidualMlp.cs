using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Hourglass;

/// <summary>A residual network of fully connected blocks: z = lift(x), then z += W2 act(W1 norm(z)) in each block, then y = W_out z.</summary>
/// <remarks>
/// With blocks narrower than the skip connection it is an hourglass: refinement happens in many dimensions and depth is cheap. With blocks that are wider, and
/// no lift, it is the conventional residual network.
/// Source: Chen, Lee, Liao and Shiu, Rethinking the shape convention of an MLP, 2025.
/// </remarks>
public sealed class ResidualMlp : Module<Tensor, Tensor>
{
    private const double NormEpsilon = 1e-6;

    [ComponentName(Name = "lift")]
    private readonly Module<Tensor, Tensor>? _lift;

    [ComponentName(Name = "blocks")]
    private readonly ModuleList<ResidualBlock> _blocks;

    [ComponentName(Name = "norm")]
    private readonly RmsNorm? _norm;

    [ComponentName(Name = "out")]
    private readonly Linear _output;

    /// <summary>With fresh weights.</summary>
    /// <param name="shape">Widths and parts; checked.</param>
    /// <param name="random">The source of all weights, a fixed lift included.</param>
    /// <exception cref="ArgumentException">The shape cannot be built.</exception>
    public ResidualMlp(ResidualMlpShape shape, RandomGenerator random)
        : base(nameof(ResidualMlp))
    {
        ArgumentNullException.ThrowIfNull(shape);
        shape.Validate();
        Shape = shape;
        if (shape.Lift == LiftKind.Learned)
            _lift = RandomMatrix.Linear(shape.InputWidth, shape.LatentWidth, 1 / Math.Sqrt(shape.LatentWidth), hasBias: false, random);
        else if (shape.HasFixedLift)
            _lift = new FixedLift(shape.InputWidth, shape.LatentWidth, shape.Lift, random);
        Blocks = [.. shape.BottleneckWidths.Select(width => new ResidualBlock(shape, width, random))];
        _blocks = ModuleList([.. Blocks]);
        if (shape.NormalizesOutput)
            _norm = new RmsNorm(shape.LatentWidth, NormEpsilon);
        _output = RandomMatrix.Linear(shape.LatentWidth, shape.OutputWidth, 1 / Math.Sqrt(shape.LatentWidth), shape.Biases, random);
        RegisterComponents();
    }

    /// <summary>Widths and parts.</summary>
    public ResidualMlpShape Shape { get; }

    /// <summary>The matrix of the lift, [d_z, d_x]; null where it is the identity.</summary>
    public Tensor? LiftMatrix => _lift is Linear learned ? learned.weight : (_lift as FixedLift)?.Weight;

    /// <summary>The blocks, from the input on.</summary>
    public IReadOnlyList<ResidualBlock> Blocks { get; }

    /// <summary>Maps [..., d_x] to [..., d_y].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var latent = _lift?.forward(input) ?? input; // (..., d_z)
        foreach (var block in Blocks)
            latent = block.forward(latent);
        return _output.forward(_norm?.forward(latent) ?? latent).MoveToOuterDisposeScope();
    }
}
