using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A second stage of training that begins with a trained model of one stream.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Streams">P.</param>
/// <param name="Rate">The peak learning rate of the parameters that the base has.</param>
/// <param name="NewRate">That of prefixes and aggregator.</param>
/// <param name="Frozen">Whether the base stays as it is.</param>
/// <param name="Averages">Whether streams are mixed evenly.</param>
/// <param name="Times">How many times the text of the other methods it reads; 0 is the base itself.</param>
internal sealed record StreamMethod(string Name, string Description, int Streams, double Rate = 0, double NewRate = 0, bool Frozen = false, bool Averages = false, int Times = 1)
{
    public const string Base = "base", Continued = "continued", FourTimes = "continued on 4 times the text", Average = "4 streams, averaged";
    private const double NewFactor = 5; // new parts learn faster than old ones

    /// <summary>All of them. The rates are not tuned: one for all old parts and, on a frozen base, one for new ones.</summary>
    public static IReadOnlyList<StreamMethod> All { get; } =
    [
        new(Base, "one stream, trained from scratch; what all others begin with", 1, Times: 0),
        Whole(Continued, "the base, on as much further text as the methods with streams", 1, 0.0015),
        Whole(FourTimes, "the base, with the operations that four streams take", 1, 0.0015) with { Times = 4 },
        Whole(Full(2), "prefixes and aggregator are added and everything is trained", 2, 0.0015),
        Whole(Full(4), "the same with four streams", 4, 0.0015),
        Whole(Average, "four streams, mixed evenly and not by the aggregator", 4, 0.0015) with { Averages = true },
        new(OnFrozen(2), "only prefixes and aggregator are trained", 2, NewRate: 0.01, Frozen: true),
        new(OnFrozen(4), "the same with four streams", 4, NewRate: 0.01, Frozen: true),
    ];

    /// <summary>The name of the method with all parameters trained.</summary>
    public static string Full(int streams) => $"{streams} streams";

    /// <summary>The name of the method with a frozen base.</summary>
    public static string OnFrozen(int streams) => $"{streams} streams, frozen base";

    /// <summary>The method at other rates: of old parts, or of new ones where the base is frozen.</summary>
    public StreamMethod At(double rate) => Frozen ? this with { NewRate = rate } : this with { Rate = rate, NewRate = NewFactor * rate };

    /// <summary>A model's configuration with the method's streams.</summary>
    /// <param name="config">Of one stream.</param>
    public DecoderConfig Of(DecoderConfig config) => Streams == 1 ? config : config with { ParscaleN = Streams, ParscaleNTokens = 8, ParscaleAttnSmooth = Averages ? 1 : 0.1 };

    /// <summary>The parameters that are trained, by their rates.</summary>
    public IReadOnlyList<ParameterGroup> Groups(Decoder model) => Streams == 1 ? ParameterGroup.Of(model, Rate) : ParameterGroup.Of(
        model,
        Rate,
        0,
        [
            new() { Match = "*prefix_?", LearningRate = NewRate },
            new() { Match = "model.aggregate_layer.*", LearningRate = NewRate },
            .. Frozen ? new ParameterRule[] { new() { Match = "*", Frozen = true } } : [],
        ]);

    private static StreamMethod Whole(string name, string description, int streams, double rate) => new StreamMethod(name, description, streams).At(rate);
}
