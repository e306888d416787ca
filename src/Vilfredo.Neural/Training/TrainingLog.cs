using System.Globalization;
using System.Text;
using System.Text.Json;
using Vilfredo.IO;

namespace Vilfredo.Neural.Training;

/// <summary>The records of a training, in memory and in the files <c>log.jsonl</c> (one object per line) and <c>log.csv</c> (one row per record).</summary>
public sealed class TrainingLog
{
    /// <summary>The name of the file of JSON lines.</summary>
    public const string LinesFile = "log.jsonl";

    /// <summary>The name of the table.</summary>
    public const string TableFile = "log.csv";

    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly List<TrainingRecord> _records = [];
    private readonly string? _folder;

    internal TrainingLog(string? folder) => _folder = folder;

    /// <summary>The records, by step.</summary>
    public IReadOnlyList<TrainingRecord> Records => _records;

    /// <summary>Reads the records that a training left in a folder; none when it left no log.</summary>
    /// <exception cref="InvalidDataException">A line is no record.</exception>
    public static IReadOnlyList<TrainingRecord> Read(string folder)
    {
        var path = Path.Combine(folder, LinesFile);
        if (!File.Exists(path))
            return [];
        var lines = File.ReadAllLines(path);
        var records = new List<TrainingRecord>();
        foreach (var (number, line) in lines.Index())
        {
            try
            {
                records.Add(JsonSerializer.Deserialize<TrainingRecord>(line, Format)!);
            }
            catch (JsonException) when (number == lines.Length - 1)
            {
                // The last line of a training that was killed may be torn; its checkpoint lies before it.
            }
            catch (JsonException error)
            {
                throw new InvalidDataException($"{path}: line {number + 1} is not a record of a training.", error);
            }
        }

        return records;
    }

    /// <summary>Begins anew, or after a step of an earlier training: later records are dropped, in the files too.</summary>
    internal void Begin(long step)
    {
        _records.Clear();
        if (_folder is null)
            return;
        if (step > 0)
            _records.AddRange(Read(_folder).Where(record => record.Step <= step));
        AtomicFile.Write(Path.Combine(_folder, LinesFile), stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(_records.Select(Line)))));
    }

    internal void Add(TrainingRecord record)
    {
        _records.Add(record);
        if (_folder is not null)
            File.AppendAllText(Path.Combine(_folder, LinesFile), Line(record));
    }

    /// <summary>Writes the table; its columns are known only once an evaluation was made.</summary>
    internal void WriteTable()
    {
        if (_folder is null)
            return;
        var names = _records.SelectMany(record => record.Evaluation?.Keys ?? []).Distinct().ToArray();
        AtomicFile.Write(Path.Combine(_folder, TableFile), stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            var csv = new CsvWriter(writer);
            csv.Write(["step", "tokens", "flops", "seconds", "loss", "learning_rate_factor", "gradient_norm", "skipped", .. names.Select(name => $"{name}_loss")]);
            foreach (var record in _records)
            {
                csv.Write(
                [
                    Text(record.Step), Text(record.Tokens), Text(record.Flops), Text(record.Seconds), Text(record.Loss), Text(record.LearningRateFactor),
                    Text(record.GradientNorm), Text(record.Skipped), .. names.Select(name => Text(record.Evaluation?.TryGetValue(name, out var loss) == true ? loss : null)),
                ]);
            }
        });
    }

    private static string Text(double? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Line(TrainingRecord record) => JsonSerializer.Serialize(record, Format) + "\n";
}
