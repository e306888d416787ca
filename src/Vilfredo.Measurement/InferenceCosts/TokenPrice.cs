using System.Text.Json.Serialization;

namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>What a million tokens of a model cost.</summary>
public sealed record TokenPrice
{
    private const double Million = 1e6;

    /// <summary>Creates a price.</summary>
    /// <param name="inputPerMillion">Per million prompt tokens; finite, at least 0.</param>
    /// <param name="outputPerMillion">Per million completion tokens; finite, at least 0.</param>
    /// <param name="cachedInputPerMillion">
    /// Per million prompt tokens read from a cache; <see langword="null"/> when they cost as much as the others.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A price is negative or not finite.</exception>
    public TokenPrice(double inputPerMillion, double outputPerMillion, double? cachedInputPerMillion = null)
    {
        InputPerMillion = Checked(inputPerMillion, nameof(inputPerMillion));
        OutputPerMillion = Checked(outputPerMillion, nameof(outputPerMillion));
        CachedInputPerMillion = Checked(cachedInputPerMillion ?? inputPerMillion, nameof(cachedInputPerMillion));
    }

    // For files: a parameter of JSON has the type of its property.
    [JsonConstructor]
    private TokenPrice(double inputPerMillion, double outputPerMillion, double cachedInputPerMillion)
        : this(inputPerMillion, outputPerMillion, (double?)cachedInputPerMillion)
    {
    }

    /// <summary>Per million prompt tokens.</summary>
    public double InputPerMillion { get; }

    /// <summary>Per million completion tokens.</summary>
    public double OutputPerMillion { get; }

    /// <summary>Per million prompt tokens that were read from a cache.</summary>
    public double CachedInputPerMillion { get; }

    /// <summary>The amount that a usage costs, in the currency of the table that the price belongs to.</summary>
    public double Of(TokenUsage usage) =>
        ((usage.InputTokens - usage.CachedInputTokens) * InputPerMillion
            + usage.CachedInputTokens * CachedInputPerMillion
            + usage.OutputTokens * OutputPerMillion) / Million;

    private static double Checked(double price, string parameter) =>
        double.IsFinite(price) && price >= 0
            ? price
            : throw new ArgumentOutOfRangeException(
                parameter, price, "A price per million tokens must be finite and at least 0; a free model has price 0.");
}
