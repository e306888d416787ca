using System.Globalization;
using System.Text.Json.Serialization;

namespace Vilfredo.Reproductions;

/// <summary>A claim judged on a run.</summary>
public sealed record ClaimResult
{
    /// <summary>The claim's short name.</summary>
    public required string Id { get; init; }

    /// <summary>The claim as a sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>The paper's number, in words.</summary>
    public string? PaperFigure { get; init; }

    /// <summary>What became of it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Our number.</summary>
    public double? Estimate { get; init; }

    /// <summary>The lower end of its 95 % interval.</summary>
    public double? Lower { get; init; }

    /// <summary>The upper end of its 95 % interval.</summary>
    public double? Upper { get; init; }

    /// <summary>What the claim allows, such as <c>≥ 0.5</c>.</summary>
    public string? Bound { get; init; }

    /// <summary>The number of seeds behind the interval.</summary>
    public int Seeds { get; init; }

    /// <summary>Why it is not measurable, or how it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>Our number with its interval, for tables: <c>0.62 [0.52, 0.71]</c>; a dash without one.</summary>
    [JsonIgnore]
    public string Ours
    {
        get
        {
            if (Estimate is not { } estimate) return "–";
            var text = estimate.ToString("G3", CultureInfo.InvariantCulture);
            return Lower is { } low && Upper is { } high
                ? string.Create(CultureInfo.InvariantCulture, $"{text} [{low:G3}, {high:G3}]")
                : text;
        }
    }
}
