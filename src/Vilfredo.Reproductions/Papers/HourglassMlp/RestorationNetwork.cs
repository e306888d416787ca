using TorchSharp;
using Vilfredo.Neural.Hourglass;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A network of the study: a residual one by its shape, or a plain one by its hidden width.</summary>
internal sealed record RestorationNetwork
{
    private const int Width = StrokeImages.Pixels;

    private RestorationNetwork()
    {
    }

    /// <summary>The shape of a residual network; null for a plain one.</summary>
    public ResidualMlpShape? Shape { get; private init; }

    /// <summary>The width of the two hidden layers of a plain network.</summary>
    public int Hidden { get; private init; }

    /// <summary>The numbers that are trained.</summary>
    public long TrainableParameters => Shape?.TrainableParameters ?? PlainWeights;

    /// <summary>The numbers that are saved.</summary>
    public long StoredParameters => Shape?.StoredParameters ?? PlainWeights;

    /// <summary>Multiplications, each with its addition, for one vector.</summary>
    public long MultiplyAdds => Shape?.MultiplyAdds ?? PlainWeights;

    private long PlainWeights => 2L * Width * Hidden + (long)Hidden * Hidden;

    /// <summary>A conventional residual network: no lift, blocks whose width meets the budget of trained numbers.</summary>
    public static RestorationNetwork Conventional(long budget, int blocks) => Residual(budget, Width, blocks, LiftKind.Identity);

    /// <summary>A residual network behind a lift, whose blocks meet the budget when the lift is not trained.</summary>
    public static RestorationNetwork Hourglass(long budget, int latent, int blocks, LiftKind lift, bool normalizes = true) => Residual(budget, latent, blocks, lift, normalizes);

    /// <summary>Two hidden layers without skip connections.</summary>
    public static RestorationNetwork Plain(long budget) => new() { Hidden = (int)Math.Round(-Width + Math.Sqrt((double)Width * Width + budget)) };

    /// <summary>The network with fresh weights.</summary>
    public Module<Tensor, Tensor> Build(RandomGenerator random)
    {
        if (Shape is not null)
            return new ResidualMlp(Shape, random);
        var network = Sequential(Linear(Width, Hidden, hasBias: false), GELU(), Linear(Hidden, Hidden, hasBias: false), GELU(), Linear(Hidden, Width, hasBias: false));
        using var noGradient = no_grad();
        foreach (var weight in network.parameters())
        {
            using var scope = NewDisposeScope();
            // He's deviation, except at the end, where nothing follows that would halve the signal.
            var deviation = Math.Sqrt((weight.size(0) == Width && weight.size(1) == Hidden ? 1.0 : 2) / weight.size(1));
            weight.copy_(tensor([.. Enumerable.Range(0, (int)weight.numel()).Select(_ => (float)(deviation * random.NextNormal()))], weight.shape));
        }

        return network;
    }

    /// <summary>In words, for errors.</summary>
    public override string ToString() => Shape is null ? $"two hidden layers of {Hidden}" : $"{Shape.BottleneckWidths.Count} blocks of {Shape.BottleneckWidths[0]} in {Shape.LatentWidth}";

    private static RestorationNetwork Residual(long budget, int latent, int blocks, LiftKind lift, bool normalizes = true)
    {
        var width = (int)Math.Round((budget - (double)latent * Width - (double)blocks * latent) / (2.0 * latent * blocks));
        return new()
        {
            Shape = new()
            {
                InputWidth = Width,
                LatentWidth = latent,
                BottleneckWidths = [.. Enumerable.Repeat(width, blocks)],
                OutputWidth = Width,
                Lift = lift,
                Normalizes = normalizes,
            },
        };
    }
}
