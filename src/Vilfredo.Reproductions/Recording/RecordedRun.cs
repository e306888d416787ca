using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vilfredo.IO;

namespace Vilfredo.Reproductions;

/// <summary>A run as it is kept in <c>results/SLUG.json</c>: measurements per seed, verdicts, and where they come from.</summary>
public sealed record RecordedRun
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new UnitTableConverter() },
    };

    /// <summary>The paper's slug.</summary>
    public required string Slug { get; init; }

    /// <summary>The scale of the run.</summary>
    public required Scale Scale { get; init; }

    /// <summary>The number of seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>The command that made it.</summary>
    public required string Command { get; init; }

    /// <summary>The version of the library.</summary>
    public required string Version { get; init; }

    /// <summary>The machine.</summary>
    public required MachineDescription Machine { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset Recorded { get; init; }

    /// <summary>The wall time of the units together, in seconds; those of an interrupted start included.</summary>
    public required double Seconds { get; init; }

    /// <summary>The claims, judged.</summary>
    public required IReadOnlyList<ClaimResult> Claims { get; init; }

    /// <summary>What each unit measured.</summary>
    public required IReadOnlyList<UnitResult> Units { get; init; }

    /// <summary>Judges a study's claims on a run and describes where it was made.</summary>
    public static RecordedRun Of(Reproduction reproduction, RunResults results, string command, string version, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(reproduction);
        ArgumentNullException.ThrowIfNull(results);
        return new RecordedRun
        {
            Slug = reproduction.Paper.Slug,
            Scale = results.Scale,
            Seeds = results.Seeds.Count,
            Command = command,
            Version = version,
            Machine = MachineDescription.Here(),
            Recorded = (time ?? TimeProvider.System).GetUtcNow(),
            Seconds = results.Results.Sum(result => result.Seconds),
            Claims = [.. reproduction.Claims.Select(claim => claim.Judge(results))],
            Units = results.Results,
        };
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="InvalidDataException">The file is not a record; the message names it.</exception>
    public static RecordedRun Load(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<RecordedRun>(stream, Format) ?? throw new InvalidDataException($"{path} holds no record");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is not a record of a run: {error.Message}", error);
        }
    }

    /// <summary>Writes the record, complete or not at all.</summary>
    public void Save(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, Format));
}
