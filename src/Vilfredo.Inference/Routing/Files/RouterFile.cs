using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Routing.Featurization;
using Vilfredo.Inference.Routing.Predictors;
using Vilfredo.Inference.Routing.Records;
using Vilfredo.Inference.Routing.Rules;
using Vilfredo.IO;

namespace Vilfredo.Inference.Routing.Files;

/// <summary>A trained router with its candidates and its rule, as it is kept in a file.</summary>
public sealed record RouterFile
{
    /// <summary>The form of the file that this version writes and reads.</summary>
    public const int CurrentVersion = 1;

    private const long MostBytes = 256L << 20;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = false,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>The form of the file.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The evaluation on whose answers it was trained.</summary>
    public required string Evaluation { get; init; }

    /// <summary>The tasks of the evaluation, in words.</summary>
    public required string Tasks { get; init; }

    /// <summary>How many prompts it was trained on.</summary>
    public required int TrainingPrompts { get; init; }

    /// <summary>Which prompts are for training, calibration and test.</summary>
    public required PromptSplit Split { get; init; }

    /// <summary>What counts as cost.</summary>
    public required CostMeasure Cost { get; init; }

    /// <summary>The unit of costs.</summary>
    public required string CostUnit { get; init; }

    /// <summary>How it was trained.</summary>
    public required RouterTraining Training { get; init; }

    /// <summary>The candidates, at least two.</summary>
    public required IReadOnlyList<RouterCandidate> Candidates { get; init; }

    /// <summary>The rule by which one answers.</summary>
    public required RoutingRule Rule { get; init; }

    /// <summary>What it reads.</summary>
    public required FeatureSettings Features { get; init; }

    /// <summary>The scale of what it reads.</summary>
    public required FeatureScaling Scaling { get; init; }

    /// <summary>What predicts.</summary>
    public required QualityPredictor Predictor { get; init; }

    /// <summary>What predicts costs; null where rules go by the candidates' means.</summary>
    public CostPredictor? Costs { get; init; }

    /// <summary>What rules are given of the candidates.</summary>
    [JsonIgnore]
    public IReadOnlyList<CandidateMeasure> Measures => [.. Candidates.Select(candidate => candidate.Measure)];

    /// <summary>The router.</summary>
    /// <param name="embeddings">The embedding model, for a router that was trained on embeddings.</param>
    /// <exception cref="FormatException">An embedding model is needed and there is none.</exception>
    public FeatureRouter Open(IEmbeddingGenerator<string, Embedding<float>>? embeddings = null) =>
        new([.. Candidates.Select(candidate => candidate.Point.Name)], Features.Open(embeddings), Scaling, Predictor, Costs);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is no router; the message says what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static RouterFile Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RouterFile router;
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MostBytes)
                throw new FormatException($"'{path}' has {file.Length >> 20} MB; a router's file has at most {MostBytes >> 20}. Train it on fewer prompts, or take a kind that does not keep them.");
            router = JsonSerializer.Deserialize<RouterFile>(file, Json) ?? throw new FormatException($"'{path}' is empty; it must be a router that 'vilfredo route train' wrote.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{path}' is no router: {error.Message}", error);
        }

        router.Check(path);
        return router;
    }

    /// <summary>Writes a file, all or nothing.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(path);
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Json));
    }

    private void Check(string path)
    {
        if (Version != CurrentVersion)
            throw new FormatException($"'{path}' has version {Version}; this program reads version {CurrentVersion}. Train the router again.");
        try
        {
            if (Candidates.Count < 2 || Candidates.Any(candidate => candidate is null))
                throw new FormatException($"There {(Candidates.Count == 1 ? "is one candidate" : "are no candidates")}; a router chooses between at least two.");
            if (Candidates.GroupBy(candidate => candidate.Point.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
                throw new FormatException($"The candidate '{twice.Key}' is there twice.");
            foreach (var candidate in Candidates)
            {
                candidate.Point.Check();
                if (!(candidate.Quality is >= 0 and <= 1) || !(candidate.Cost >= 0) || !(candidate.Seconds >= 0))
                    throw new FormatException($"The candidate '{candidate.Point.Name}' has a quality outside 0 to 1, or a negative cost or time.");
            }

            if (Split.Training + Split.Calibration > 1)
                throw new FormatException("The shares for training and calibration are together above 1.");
            Rule.Check(Measures);
            var features = (Features.Buckets ?? Features.Dimensions ?? throw new FormatException("The features of a router have either 'buckets' (hashed n-grams) or 'dimensions' (embeddings).")) + PromptStatistics.Names.Count;
            if (Features.Dimensions is null)
                _ = Features.Open(null);
            Scaling.Check(features);
            Predictor.Check(features, Candidates.Count);
            Costs?.Check(features, Candidates.Count);
        }
        catch (FormatException error)
        {
            throw new FormatException($"'{path}' is no router that can be used: {error.Message}", error);
        }
    }
}
