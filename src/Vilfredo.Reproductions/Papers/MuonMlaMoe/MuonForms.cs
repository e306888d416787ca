using Vilfredo.Neural.Training.Comparison;

namespace Vilfredo.Reproductions.Papers;

/// <summary>The forms of training that the study compares, each with a tuned learning rate.</summary>
internal static class MuonForms
{
    public static readonly TrainingForm
        AdamW = new("AdamW", TrainedBy.AdamW, 0.004),
        Sgd = new("SGD with momentum", TrainedBy.Sgd, 1.6),
        Muon = new("Muon", TrainedBy.Muon, 0.04) { AdamRate = AdamW.Rate },
        WithoutNesterov = new("Muon without Nesterov", TrainedBy.MuonWithoutNesterov, 0.04) { AdamRate = AdamW.Rate },
        Exact = new("Muon, exact polar factor", TrainedBy.MuonExact, 0.04) { AdamRate = AdamW.Rate },
        HalfHorizon = Muon with { Name = "Muon, half the schedule", Horizon = 0.5 },
        QuarterHorizon = Muon with { Name = "Muon, a quarter of it", Horizon = 0.25 },
        AdamWSmall = new("AdamW, batches of 4", TrainedBy.AdamW, 0.004) { Rows = 4 },
        AdamWLarge = new("AdamW, batches of 32", TrainedBy.AdamW, 0.008) { Rows = 32 },
        MuonSmall = new("Muon, batches of 4", TrainedBy.Muon, 0.02) { AdamRate = AdamW.Rate, Rows = 4 },
        MuonLarge = new("Muon, batches of 32", TrainedBy.Muon, 0.08) { AdamRate = AdamW.Rate, Rows = 32 },
        AdamWGrouped = AdamW with { Name = "AdamW, GQA", Attention = Attending.GroupedQuery },
        AdamWLatent = AdamW with { Name = "AdamW, MLA", Attention = Attending.Latent },
        AdamWExperts = AdamW with { Name = "AdamW, MoE", HasExperts = true },
        AdamWLatentExperts = AdamW with { Name = "AdamW, MLA, MoE", Attention = Attending.Latent, HasExperts = true },
        MuonGrouped = Muon with { Name = "Muon, GQA", Attention = Attending.GroupedQuery },
        MuonLatent = Muon with { Name = "Muon, MLA", Attention = Attending.Latent },
        MuonExperts = Muon with { Name = "Muon, MoE", HasExperts = true },
        MuonLatentExperts = Muon with { Name = "Muon, MLA, MoE", Attention = Attending.Latent, HasExperts = true };

    public static IReadOnlyList<TrainingForm> All { get; } =
    [
        AdamW, Sgd, Muon, WithoutNesterov, Exact, HalfHorizon, QuarterHorizon, AdamWSmall, AdamWLarge, MuonSmall, MuonLarge,
        AdamWGrouped, AdamWLatent, AdamWExperts, AdamWLatentExperts, MuonGrouped, MuonLatent, MuonExperts, MuonLatentExperts,
    ];

    /// <summary>The forms whose rates were tuned; AdamW beside Muon has the first one's. Other models and shorter schedules take the rate of their optimiser.</summary>
    public static IReadOnlyList<TrainingForm> Tuned { get; } = [AdamW, Muon, AdamWLarge, MuonLarge, WithoutNesterov, Exact, Sgd, AdamWSmall, MuonSmall];

    /// <summary>Tries rates in steps of two on a seed that is not reported, from half to double the given one and on while the best is at the edge.</summary>
    /// <param name="form">The form, with the rate around which to begin.</param>
    /// <param name="seed">The seed; 101 chose the rates above.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public static RateSweep Tune(TrainingForm form, ulong seed, CancellationToken cancellation) => RateSweep.Run(
        [form.Rate / 2, form.Rate, form.Rate * 2],
        rate => (DecoderTraining.Of(Scale.Full) with { Evaluations = 1 }).Train(form with { Rate = rate }, new(seed, 1), seed, cancellation).Curve.FinalLoss);
}
