using Vilfredo.Measurement.Footprint.Carbon;

namespace Vilfredo.Measurement.Footprint.Requests;

/// <summary>A call of a served language model of which little is known.</summary>
public sealed record LanguageModelRequest
{
    /// <summary>Tokens that the model wrote, hidden reasoning included; at least 0.</summary>
    public required double OutputTokens { get; init; }

    /// <summary>Parameters active per token, billions; a range when they are not published.</summary>
    public required AmountRange ActiveBillions { get; init; }

    /// <summary>All parameters, billions; the active ones unless stated.</summary>
    public AmountRange? TotalBillions { get; init; }

    /// <summary>Seconds the call took, if they were measured: generation does not take longer.</summary>
    public double? MeasuredSeconds { get; init; }

    /// <summary>Requests that the server works on together.</summary>
    public double Batch { get; init; } = TokenModel.DefaultBatch;

    /// <summary>The data centre.</summary>
    public Facility Facility { get; init; } = Facility.None;

    /// <summary>The grid; the world's average unless stated.</summary>
    public CarbonIntensity Intensity { get; init; } = CarbonIntensity.World;

    /// <summary>Counts PUE in the water of the site too, as the code of EcoLogits does against its documentation; for comparison only.</summary>
    public bool SiteWaterIncludesPue { get; init; }
}
