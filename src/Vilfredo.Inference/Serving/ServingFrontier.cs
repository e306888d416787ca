using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Providers;
using Vilfredo.IO;

namespace Vilfredo.Inference.Serving;

/// <summary>A measured frontier of ways to answer, with the models that they need: what an evaluation writes and a server serves.</summary>
public sealed record ServingFrontier
{
    /// <summary>The form of the file that this version writes and reads.</summary>
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The form of the file.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>Its name: requests ask for <c>frontier/NAME</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When it was measured.</summary>
    public required DateTimeOffset Measured { get; init; }

    /// <summary>The tasks it was measured on, in words.</summary>
    public required string Tasks { get; init; }

    /// <summary>The currency of prices and costs.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>The level of the intervals, such as 0.95.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>The models.</summary>
    public required IReadOnlyList<ModelDefinition> Models { get; init; }

    /// <summary>All points that were measured, those that are dominated too.</summary>
    public required IReadOnlyList<ServingPoint> Points { get; init; }

    /// <summary>Reads a file. Folders of local models and files of knobs are taken relative to it.</summary>
    /// <exception cref="FormatException">It is no frontier; the message says what is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ServingFrontier Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ServingFrontier frontier;
        try
        {
            using var file = File.OpenRead(path);
            frontier = JsonSerializer.Deserialize<ServingFrontier>(file, Json) ?? throw new FormatException($"'{path}' is empty; it must be a frontier that 'vilfredo evaluate' wrote.");
        }
        catch (Exception error) when (error is JsonException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{path}' is no frontier that can be served: {error.Message}", error);
        }

        frontier.Check(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return frontier.WithPaths(file => Path.GetFullPath(file, folder));
    }

    /// <summary>Writes a file, all or nothing. Folders of local models and files of knobs are written relative to it.</summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(path);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var relative = WithPaths(file => Path.GetRelativePath(folder, Path.GetFullPath(file)));
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, relative, Json));
    }

    private ServingFrontier WithPaths(Func<string, string> change) => this with
    {
        Models = [.. Models.Select(model => model.Folder is null ? model : model with { Folder = change(model.Folder) })],
        Points = [.. Points.Select(point => point with { Knobs = point.Knobs.ToDictionary(knob => knob.Key, knob => IsFile(point, knob.Key) ? change(knob.Value) : knob.Value, StringComparer.Ordinal) })],
    };

    private static bool IsFile(ServingPoint point, string knob) => StrategyCatalog.Find(point.Strategy)!.Knobs.Any(one => one.Name == knob && one.Kind == KnobKind.File);

    private void Check(string path)
    {
        if (Version != CurrentVersion)
            throw new FormatException($"'{path}' has version {Version}; this program reads version {CurrentVersion}. Run the evaluation again.");
        if (Name.Length == 0 || Name.Contains('/', StringComparison.Ordinal))
            throw new FormatException($"'{path}': a frontier's name is not empty and has no '/'; this one is '{Name}'.");
        if (Models.GroupBy(model => model.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new FormatException($"'{path}' names the model '{twice.Key}' twice.");
        if (Points.GroupBy(point => point.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
            throw new FormatException($"'{path}' names the point '{repeated.Key}' twice.");
        if (Points.Count == 0)
            throw new FormatException($"'{path}' has no point; at least one way to answer is needed.");
        foreach (var point in Points)
        {
            if (!Models.Any(model => model.Name == point.Model))
                throw new FormatException($"'{path}': the point '{point.Name}' needs the model '{point.Model}'; the file has {string.Join(", ", Models.Select(model => model.Name))}.");
            var definition = StrategyCatalog.Find(point.Strategy)
                ?? throw new FormatException($"'{path}': the point '{point.Name}' has the strategy '{point.Strategy}'; there are {string.Join(", ", StrategyCatalog.All.Select(strategy => strategy.Name))}.");
            _ = new KnobValues(definition, point.Knobs);
        }
    }
}
