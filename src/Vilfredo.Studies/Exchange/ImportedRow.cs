using System.Globalization;
using Vilfredo.IO;

namespace Vilfredo.Studies;

/// <summary>Reads one row after another of a file of results against a study's definition.</summary>
internal sealed class ImportedRow
{
    private readonly StudyDefinition definition;
    private readonly CsvReader reader;
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private int rows;

    /// <summary>Takes the header.</summary>
    /// <exception cref="InputFormatException">A column is missing, occurs twice, or contradicts the study's objectives.</exception>
    public ImportedRow(StudyDefinition definition, CsvReader reader, IReadOnlyList<ColumnHeader> headers)
    {
        this.definition = definition;
        this.reader = reader;
        for (var i = 0; i < headers.Count; i++)
        {
            if (!columns.TryAdd(headers[i].Name, i)) throw Wrong($"the column '{headers[i].Name}' occurs twice", "Name each column once.");
        }

        foreach (var (objective, _) in definition.Objectives)
        {
            if (!columns.TryGetValue(objective.Name, out var index))
                throw Wrong($"there is no column for the objective '{objective.Name}'", $"Name one '{objective.Name}'; there are: {string.Join(", ", headers.Select(h => h.Name))}.");
            var header = headers[index];
            if (header.Direction is { } direction && direction != objective.Direction)
                throw Wrong($"the column '{header}' is to be {direction}d but the study's objective is to be {objective.Direction}d", "Correct the header or the study.");
            if (header.Unit is not null && objective.Unit is not null && header.Unit != objective.Unit)
                throw Wrong($"the column '{header}' is in {header.Unit} but the study's objective is in {objective.Unit}", "Convert the values and correct the header.");
        }
    }

    /// <summary>The trial of the row that was read last, or <see langword="null"/> for one that was not finished.</summary>
    /// <exception cref="InputFormatException">The row is wrong.</exception>
    public ImportedTrial? Read()
    {
        var row = rows++;
        if (Cell(ResultColumn.State) is nameof(TrialState.Running) or nameof(TrialState.Cancelled)) return null;
        try
        {
            var configuration = new Configuration(Knobs());
            if (!definition.Space.Accepts(configuration, out var problem)) throw new FormatException(problem);
            var outcome = Outcome();
            outcome.Validate(definition.Objectives.Count);
            return new ImportedTrial(
                TrialNumber(ResultColumn.Trial) ?? row, configuration, outcome, Time(ResultColumn.Started), Time(ResultColumn.Finished),
                TrialNumber(ResultColumn.RepeatOf), Cell(ResultColumn.State) == nameof(TrialState.Late));
        }
        catch (Exception error) when (error is (FormatException and not InputFormatException) or InvalidResultException)
        {
            throw Wrong(error.Message.TrimEnd('.'));
        }
    }

    private IEnumerable<KeyValuePair<string, KnobValue>> Knobs()
    {
        foreach (var knob in definition.Space.Knobs)
        {
            if (Cell(knob.Name) is { } text) yield return new(knob.Name, KnobText.Parse(knob, text));
            else if (!columns.ContainsKey(knob.Name) && knob.Default is { } standard) yield return new(knob.Name, standard);
        }
    }

    private TrialOutcome Outcome()
    {
        var duration = Cell(ResultColumn.Duration + " [s]") ?? Cell(ResultColumn.Duration);
        var outcome = Cell(ResultColumn.State) switch
        {
            nameof(TrialState.Failed) => TrialOutcome.Failed(Cell(ResultColumn.Reason) ?? "failed before the import"),
            nameof(TrialState.Pruned) => TrialOutcome.Pruned(Cell(ResultColumn.Reason) ?? "pruned before the import"),
            nameof(TrialState.TimedOut) => TrialOutcome.TimedOut(TimeSpan.Zero, LowerBounds()),
            null or nameof(TrialState.Completed) or nameof(TrialState.Infeasible) or nameof(TrialState.Late) => Measured(),
            var other => throw new FormatException($"'{other}' is no state of a trial; there are: {string.Join(", ", Enum.GetNames<TrialState>())}"),
        };
        var metrics = definition.Metrics.Where(m => Cell(m.Name) is not null).ToDictionary(m => m.Name, m => Number(Cell(m.Name)!), StringComparer.Ordinal);
        outcome = outcome with
        {
            Metrics = metrics,
            Reason = Cell(ResultColumn.Reason) ?? outcome.Reason,
            Output = Cell(ResultColumn.Output),
            Duration = duration is null ? TimeSpan.Zero : DurationOf(duration),
        };
        return Cell(ResultColumn.Violations) is { } violations && outcome.HasValues ? outcome.WithViolations(NumberLists.Parse(violations)[0]) : outcome;
    }

    private TrialOutcome Measured()
    {
        var values = definition.Objectives.Select(o => Number(
            Cell(o.Objective.Name) ?? throw new FormatException($"the objective '{o.Objective.Name}' has no value"))).ToArray();
        var samples = Cell(ResultColumn.Samples) is { } text ? NumberLists.Parse(text) : [values];
        return TrialOutcome.Restore(OutcomeKind.Completed, values, samples, []);
    }

    private double[] LowerBounds()
    {
        var cells = definition.Objectives.Select(o => Cell(o.Objective.Name)).ToArray();
        return Array.TrueForAll(cells, c => c is null)
            ? []
            : [.. cells.Select(c => c is null ? double.NaN : Number(c.StartsWith(">=", StringComparison.Ordinal) ? c[2..] : c))];
    }

    private int? TrialNumber(string column) => Cell(column) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"'{text}' in column '{column}' is no number of a trial");

    private static TimeSpan DurationOf(string text) => Number(text) is >= 0 and < 1e11 and var seconds
        ? Durations.OfSeconds(seconds)
        : throw new FormatException($"'{text}' is no duration in seconds");

    private DateTimeOffset? Time(string column)
    {
        if (Cell(column) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new FormatException($"'{text}' in column '{column}' is no time; write it like 2026-01-31T12:00:00Z");
    }

    private string? Cell(string column) =>
        columns.TryGetValue(column, out var i) && i < reader.Fields.Count && reader.Fields[i].Length > 0 ? reader.Fields[i] : null;

    private static double Number(string text) => NumberText.Parse(text, out var value) == NumberProblem.None && double.IsFinite(value)
        ? value
        : throw new FormatException($"'{text}' is not a finite number");

    private InputFormatException Wrong(string problem, string? mend = null) => new(reader.Source, reader.Line, problem, mend);
}
