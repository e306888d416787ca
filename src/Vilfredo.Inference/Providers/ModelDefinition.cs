using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Providers;

/// <summary>A model that strategies may call: where it is, what it costs, and how it is treated when it fails. It never holds a key, only the name of the environment variable with the key.</summary>
public sealed record ModelDefinition
{
    /// <summary>Its name in files, requests and accounts.</summary>
    public required string Name { get; init; }

    /// <summary>Where it runs.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>The address of the endpoint, such as <c>https://api.example.com/v1</c>; null for a local model.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The model's name at the endpoint; <see cref="Name"/> when null.</summary>
    public string? Id { get; init; }

    /// <summary>The environment variable that holds the key; null for an endpoint that asks for none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>The folder of a local model, relative to the file that names it; null for an endpoint.</summary>
    public string? Folder { get; init; }

    /// <summary>What tokens cost, in the currency of the file; null when it is not known, in which case nothing in money can be said of it.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>How long one try of a call may take. Positive.</summary>
    public TimeSpan Timeout { get; init => field = value > TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(Timeout), value, "A time-out is positive."); } = TimeSpan.FromMinutes(2);

    /// <summary>How often a call is tried again after a failure that may pass (429, 5xx, time-outs, broken connections). At least 0.</summary>
    public int Retries { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Retries), value, "Retries are at least 0."); } = 3;

    /// <summary>The most calls of it at once. At least 1.</summary>
    public int MaximumConcurrency { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MaximumConcurrency), value, "At least one call must be allowed at a time."); } = 16;
}
