using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Recursion.Configuration;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A model of the study with the way it is trained.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Description">What it is.</param>
/// <param name="Rate">The peak learning rate.</param>
/// <param name="Range">The standard deviation of matrices at the start.</param>
internal sealed record DepthForm(string Name, string Description, double Rate, double Range)
{
    /// <summary>The layers that a token passes at most.</summary>
    public int Layers { get; init; } = 8;

    /// <summary>The recursion; null for a decoder all of whose layers are its own and are passed by every token.</summary>
    public RecursionConfig? Recursion { get; init; }

    /// <summary>Whether tokens are picked at random, as many as by the router.</summary>
    public bool PicksAtRandom { get; init; }

    /// <summary>Whether it reads as many more tokens as give the operations of the vanilla model; else as many tokens as that one.</summary>
    public bool SpendsEqualOperations { get; init; }

    /// <summary>Whether it is a baseline.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>How tokens and recursions find each other; null without routers.</summary>
    public DepthRoutingConfig? Routing => Recursion?.Routing;

    /// <summary>The model.</summary>
    /// <param name="width">d, a multiple of 32.</param>
    public DecoderConfig Config(int width) => new()
    {
        VocabSize = HopStream.Vocabulary,
        HiddenSize = width,
        IntermediateSize = 11 * width / 4,
        NumHiddenLayers = Layers,
        NumAttentionHeads = 2,
        MaxPositionEmbeddings = DepthTraining.Window,
        InitializerRange = Range,
        Recursion = Recursion,
    };

    /// <summary>Operations of training per token.</summary>
    public double TrainingFlopsPerToken(int width) => new DecoderCosts(Config(width)).TrainingFlopsPerToken(DepthTraining.Window);
}
