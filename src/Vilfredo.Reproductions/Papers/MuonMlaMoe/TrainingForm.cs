using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The optimisers of the study.</summary>
internal enum TrainedBy
{
    AdamW,
    Sgd,
    Muon,
    MuonWithoutNesterov,
    MuonExact,
}

/// <summary>How the layers attend.</summary>
internal enum Attending
{
    MultiHead,
    GroupedQuery,
    Latent,
}

/// <summary>One way of training a model: what a method of the study is.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Optimizer">What changes the weights.</param>
/// <param name="Rate">The optimiser's peak learning rate.</param>
internal sealed record TrainingForm(string Name, TrainedBy Optimizer, double Rate)
{
    /// <summary>The peak learning rate of AdamW beside Muon, for embeddings, normalisations and routers.</summary>
    public double AdamRate { get; init; } = Rate;

    /// <summary>How the layers attend.</summary>
    public Attending Attention { get; init; }

    /// <summary>Whether the feed-forward layers are mixtures of experts.</summary>
    public bool HasExperts { get; init; }

    /// <summary>Windows of a batch. All forms but shortened ones read the same number of tokens.</summary>
    public int Rows { get; init; } = 16;

    /// <summary>The share of the tokens, and of the schedule with them.</summary>
    public double Horizon { get; init; } = 1;

    /// <summary>Whether hidden matrices are trained by Muon in one of its forms.</summary>
    public bool IsMuon => Optimizer is TrainedBy.Muon or TrainedBy.MuonWithoutNesterov or TrainedBy.MuonExact;

    /// <summary>The model, with the published proportions of latent attention: rank d / 2, a shared key of d / 8.</summary>
    /// <param name="width">d, a multiple of 32.</param>
    /// <param name="layers">Layers.</param>
    public DecoderConfig Config(int width, int layers)
    {
        var config = new DecoderConfig
        {
            VocabSize = 128,
            HiddenSize = width,
            IntermediateSize = 3 * width,
            NumHiddenLayers = layers,
            NumAttentionHeads = 2,
            NumKeyValueHeads = Attention == Attending.GroupedQuery ? 1 : null,
            TieWordEmbeddings = true,
        };
        if (Attention == Attending.Latent)
            config = config with { KvLoraRank = width / 2, QkNopeHeadDim = width / 2, QkRopeHeadDim = width / 8, VHeadDim = width / 2 };
        // 8 experts of half the dense width, of which a shared and a routed one are active: as wide as the dense layer, a quarter of its experts (the paper: 8 of 64).
        return HasExperts
            ? config with { NRoutedExperts = 7, NumExpertsPerTok = 1, NSharedExperts = 1, MoeIntermediateSize = 3 * width / 2, ScoringFunc = "sigmoid" }
            : config;
    }
}
