namespace Vilfredo.Neural.Generation;

/// <summary>How the next token is drawn from the model's distribution. The cuts apply in the order top-k, top-p, min-p, each to what the ones before have left.</summary>
public sealed record SamplingOptions
{
    /// <summary>Always the most probable token; the lowest id among equals.</summary>
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>Divides the logits; 0 means the most probable token. Not negative.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only the k most probable tokens are drawn; null means all. At least 1.</summary>
    public int? TopK { get; init; }

    /// <summary>Only the most probable tokens that together reach this probability are drawn (nucleus sampling, Holtzman et al., 2020); in (0, 1].</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Only tokens of at least this share of the most probable one's probability are drawn; in [0, 1].</summary>
    public double MinP { get; init; }

    /// <summary>Divides positive and multiplies negative logits of tokens that prompt or answer already contain (Keskar et al., CTRL, 2019, section 4.1); 1 means no change. Positive.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Refuses values outside the ranges of the properties.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the value and its range.</exception>
    public void Validate()
    {
        Require(Temperature >= 0 && double.IsFinite(Temperature), nameof(Temperature), Temperature, "0 or a positive number");
        Require(TopK is null or >= 1, nameof(TopK), TopK ?? 0, "at least 1, or null for all tokens");
        Require(TopP is > 0 and <= 1, nameof(TopP), TopP, "above 0 and at most 1");
        Require(MinP is >= 0 and <= 1, nameof(MinP), MinP, "from 0 to 1");
        Require(RepetitionPenalty > 0 && double.IsFinite(RepetitionPenalty), nameof(RepetitionPenalty), RepetitionPenalty, "a positive number");
    }

    private static void Require(bool condition, string name, double given, string allowed)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(name, given, $"{name} must be {allowed}.");
    }
}
