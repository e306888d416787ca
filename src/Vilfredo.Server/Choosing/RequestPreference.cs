using System.Globalization;

namespace Vilfredo.Server.Choosing;

/// <summary>What a request wants of the point that answers it.</summary>
internal sealed record RequestPreference
{
    /// <summary>Nothing is wanted that is not wanted of all.</summary>
    public static readonly RequestPreference None = new();

    /// <summary>The most that an answer may cost, as measured, in the frontier's currency.</summary>
    public double? MaximumCost { get; init; }

    /// <summary>The longest that an answer may take, as measured, in seconds.</summary>
    public double? MaximumLatency { get; init; }

    /// <summary>The least share of problems solved.</summary>
    public double? MinimumQuality { get; init; }

    /// <summary>How much quality, cost and latency count; null for the rule that follows from the limits.</summary>
    public (double Quality, double Cost, double Latency)? Weights { get; init; }

    /// <summary>Reads weights such as <c>quality=1,cost=0.5</c>.</summary>
    /// <exception cref="FormatException">They are something else.</exception>
    public static (double Quality, double Cost, double Latency) ReadWeights(string text)
    {
        var weights = new Dictionary<string, double>(StringComparer.OrdinalIgnoreCase) { ["quality"] = 0, ["cost"] = 0, ["latency"] = 0 };
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', StringSplitOptions.TrimEntries) is not [var name, var value] || !weights.ContainsKey(name)
                || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight) || !(weight >= 0 && double.IsFinite(weight)))
                throw new FormatException($"The weights are '{text}'; write them like quality=1,cost=0.5,latency=0, none negative.");
            weights[name] = weight;
        }

        if (weights.Values.All(weight => weight == 0))
            throw new FormatException("All weights are 0; one must be above it.");
        return (weights["quality"], weights["cost"], weights["latency"]);
    }
}
