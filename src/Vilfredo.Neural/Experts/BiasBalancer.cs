using TorchSharp;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Experts;

/// <summary>Balances sigmoid routers without touching the gradient: after each step of the optimiser the bias of an expert that got more tokens than the mean falls by a fixed rate, that of one that got fewer rises.</summary>
/// <remarks>Source: Wang et al., Auxiliary-Loss-Free Load Balancing Strategy for Mixture-of-Experts, 2024, algorithm 1. The centred form, in which the biases of a router keep their mean, is that of Ling 2.0, 2025, section 2.2.</remarks>
public sealed class BiasBalancer : IDisposable
{
    private readonly Tensor[] _biases;
    private readonly Tensor?[] _counts;

    /// <summary>For the mixtures of experts of a decoder.</summary>
    /// <param name="model">The decoder; its routers must score by sigmoids.</param>
    public BiasBalancer(Decoder model)
        : this(model.Layers.Select(layer => layer.FeedForward).OfType<MixtureOfExperts>().Select(mixture => mixture.Router))
    {
    }

    /// <summary>For some routers.</summary>
    /// <param name="routers">Routers that score by sigmoids, in the order in which their routings are observed.</param>
    /// <exception cref="ArgumentException">A router has no bias.</exception>
    public BiasBalancer(IEnumerable<Router> routers)
        : this([.. routers.Select(router => router.Bias ?? throw new ArgumentException("A router scores by softmax and has no bias to move; choose sigmoid scores (scoring_func), or add the load-balancing loss of its routing to the training loss.", nameof(routers)))])
    {
    }

    private BiasBalancer(Tensor[] biases) => (_biases, _counts) = (biases, new Tensor?[biases.Length]);

    /// <summary>For the tokens of a mixture of recursions, which pick how many of them they take; what is observed is <see cref="Recursion.DepthRouting.Choices"/>.</summary>
    /// <param name="model">The decoder.</param>
    /// <exception cref="ArgumentException">Its configuration has no balances_by_bias.</exception>
    public static BiasBalancer OfDepths(Decoder model) =>
        new([model.DepthBias ?? throw new ArgumentException("The model has no bias by which tokens pick their number of recursions; set balances_by_bias in recursion.routing.", nameof(model))]);

    /// <summary>How far a bias moves in a step. 0.001 in the published trainings; short ones need more, since a bias moves no further than this.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>Whether the mean of a router's biases stays where it is.</summary>
    public bool Centred { get; init; } = true;

    /// <summary>Adds the tokens of one pass; several passes make up a step that accumulates gradients.</summary>
    /// <param name="routings">One routing per router.</param>
    /// <exception cref="ArgumentException">There are more or fewer routings than routers.</exception>
    public void Observe(IReadOnlyList<Routing> routings)
    {
        if (routings.Count != _biases.Length)
            throw new ArgumentException($"There are {routings.Count} routings for {_biases.Length} routers; run the decoder with {nameof(DecoderInput.KeepsRoutings)}.", nameof(routings));
        using var scope = NewDisposeScope();
        for (var i = 0; i < _biases.Length; i++)
        {
            var counts = routings[i].Counts();
            var sum = _counts[i] is { } before ? before + counts : counts;
            _counts[i]?.Dispose();
            _counts[i] = sum.DetachFromDisposeScope();
        }
    }

    /// <summary>Moves the biases by what was observed since the last step, and forgets it. Without observations nothing moves.</summary>
    public void Step()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        for (var i = 0; i < _biases.Length; i++)
        {
            if (_counts[i] is not { } counts)
                continue;
            var bias = _biases[i];
            var loads = counts.to(bias.dtype);
            var directions = (loads.mean() - loads).sign();
            bias.add_(Centred ? directions - directions.mean() : directions, Rate);
            counts.Dispose();
            _counts[i] = null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i]?.Dispose();
            _counts[i] = null;
        }
    }
}
