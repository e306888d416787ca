using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>What a bandit has learnt, as plain data.</summary>
public sealed record BanditState
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
    };

    /// <summary><c>thompson</c>, <c>ucb</c> or <c>linucb</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How often each candidate was taken.</summary>
    public required IReadOnlyList<double> Counts { get; init; }

    /// <summary>The sum of the rewards of each.</summary>
    public required IReadOnlyList<double> Rewards { get; init; }

    /// <summary>How much it explores; not used by Thompson sampling.</summary>
    public double Exploration { get; init; }

    /// <summary>Of LinUCB, the inverse of each candidate's matrix, row by row; null otherwise.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Inverses { get; init; }

    /// <summary>Of LinUCB, the sum of each candidate's contexts by their rewards; null otherwise.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Responses { get; init; }

    /// <summary>As JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Reads JSON.</summary>
    /// <exception cref="FormatException">It is no state of a bandit; the message says what is wrong.</exception>
    public static BanditState FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var state = JsonSerializer.Deserialize<BanditState>(json, Json) ?? throw new FormatException("It is empty.");
            _ = state.Open();
            return state;
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException)
        {
            throw new FormatException($"This is no state of a bandit: {error.Message}", error);
        }
    }

    /// <summary>A bandit that goes on from here.</summary>
    /// <exception cref="FormatException">The numbers do not fit together.</exception>
    public IBandit Open()
    {
        if (Counts.Count == 0 || Counts.Count != Rewards.Count || Counts.Zip(Rewards).Any(pair => !(pair.First >= 0 && double.IsFinite(pair.First)) || !(pair.Second >= 0 && pair.Second <= pair.First)))
            throw new FormatException("Each candidate needs a count of at least 0 and a sum of rewards between 0 and the count.");
        if (!(Exploration >= 0 && double.IsFinite(Exploration)))
            throw new FormatException("The exploration is not negative.");
        switch (Kind)
        {
            case "thompson":
                return new ThompsonBandit(this);
            case "ucb":
                return new UpperConfidenceBandit(this);
            case "linucb":
                var size = Responses is [{ Count: > 0 } first, ..] ? first.Count : 0;
                if (size == 0 || Inverses is null || Responses!.Count != Counts.Count || Inverses.Count != Counts.Count
                    || Responses.Any(row => row is null || row.Count != size || !row.All(double.IsFinite)) || Inverses.Any(matrix => matrix is null || matrix.Count != size * size || !matrix.All(double.IsFinite)))
                {
                    throw new FormatException("Each candidate of LinUCB needs a matrix and a sum of contexts of one size, with finite numbers.");
                }

                return new LinearUpperConfidenceBandit(this);
            default:
                throw new FormatException($"There is no bandit '{Kind}'; there are thompson, ucb and linucb.");
        }
    }
}
