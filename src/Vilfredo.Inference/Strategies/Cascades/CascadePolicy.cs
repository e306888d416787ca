using System.Text.Json;
using System.Text.Json.Serialization;
using Vilfredo.IO;

namespace Vilfredo.Inference.Strategies.Cascades;

/// <summary>Which scores of a cheap answer keep it and which send the question up, fitted to recorded answers and kept in a file. One form for all ways of fitting: [0, 1] cut at edges, with a decision for each piece.</summary>
public sealed record CascadePolicy
{
    /// <summary>The form of the file that this version writes and reads.</summary>
    public const int CurrentVersion = 1;

    private const long MostBytes = 1 << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 4,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The form of the file.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>How it was fitted, in a word.</summary>
    public required string Method { get; init; }

    /// <summary>What it was fitted to, in words; for people.</summary>
    public string? Fitted { get; init; }

    /// <summary>The acceptor whose scores these are, as the cascade's <c>accept</c> names it.</summary>
    public required string Accept { get; init; }

    /// <summary>The samples of each score.</summary>
    public required int Samples { get; init; }

    /// <summary>What is done before there is a score.</summary>
    public CascadeStart Start { get; init; } = CascadeStart.Verify;

    /// <summary>The cuts, ascending; a score on an edge belongs to the piece above it.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    /// <summary>Whether the answer is kept, for each piece from the lowest scores on: one more than there are edges.</summary>
    public required IReadOnlyList<bool> Keeps { get; init; }

    /// <summary>Whether an answer with a score is kept; one without never is.</summary>
    /// <param name="score">In [0, 1]; null or NaN where there is none.</param>
    public bool KeepsAt(double? score)
    {
        if (score is not { } value || double.IsNaN(value))
            return false;
        var piece = 0;
        while (piece < Edges.Count && value >= Edges[piece])
            piece++;
        return Keeps[piece];
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no policy, or cannot be read; the message says what is wrong.</exception>
    public static CascadePolicy Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MostBytes)
                throw new FormatException($"'{path}' has {file.Length} bytes; a cascade's policy has at most {MostBytes}.");
            var policy = JsonSerializer.Deserialize<CascadePolicy>(file, Json) ?? throw new FormatException("It is empty.");
            policy.Check();
            return policy;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"The cascade's policy cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is JsonException or FormatException or NotSupportedException)
        {
            throw new FormatException($"'{path}' is no policy of a cascade, as 'vilfredo route cascade' writes it: {error.Message}", error);
        }
    }

    /// <summary>Writes a file, all or nothing.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check();
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Json));
    }

    /// <summary>Refuses what does not fit together.</summary>
    /// <exception cref="FormatException">The message says what.</exception>
    internal void Check()
    {
        if (Version != CurrentVersion)
            throw new FormatException($"It has version {Version}; this program reads version {CurrentVersion}. Fit it again.");
        if (Samples < 1)
            throw new FormatException($"'samples' is {Samples}; a score has at least 1.");
        if (Edges.Any(edge => !(edge is >= 0 and <= 1)) || Edges.Zip(Edges.Skip(1)).Any(pair => !(pair.First < pair.Second)))
            throw new FormatException("'edges' must be ascending numbers from 0 to 1.");
        if (Keeps.Count != Edges.Count + 1)
            throw new FormatException($"'keeps' has {Keeps.Count} decisions; {Edges.Count} edges make {Edges.Count + 1} pieces.");
    }
}
