using System.Globalization;
using System.Text.RegularExpressions;

namespace Vilfredo.Studies;

/// <summary>Reads a trial's intermediate values from lines of its output.</summary>
public sealed class IntermediateLine : IEquatable<IntermediateLine>
{
    private const string StepGroup = "step";

    private readonly Regex regex;

    /// <summary>A pattern for lines.</summary>
    /// <param name="pattern">A regular expression with the group <c>step</c> and a group for each objective by its name, such as <c>epoch (?&lt;step&gt;\d+) loss (?&lt;loss&gt;\S+)</c>.</param>
    /// <exception cref="ArgumentException">It is no regular expression, or has no group <c>step</c>.</exception>
    public IntermediateLine(string pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        if (!regex.GetGroupNames().Contains(StepGroup))
            throw new ArgumentException($"The pattern of intermediate values '{pattern}' has no group 'step'; write it like epoch (?<step>\\d+) loss (?<loss>\\S+).");
    }

    /// <summary>The pattern.</summary>
    public string Pattern => regex.ToString();

    /// <summary>The report in a line; null when the line is none.</summary>
    /// <param name="line">A line of output.</param>
    /// <param name="objectives">The study's objectives.</param>
    public StepReport? Read(string line, IReadOnlyList<ObjectiveDefinition> objectives)
    {
        ArgumentNullException.ThrowIfNull(objectives);
        if (regex.Match(line) is not { Success: true } match) return null;
        if (!long.TryParse(match.Groups[StepGroup].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var step)) return null;
        var values = new double[objectives.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(match.Groups[objectives[i].Objective.Name].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i])) return null;
        }

        return new(step, values);
    }

    /// <inheritdoc/>
    public bool Equals(IntermediateLine? other) => other?.Pattern == Pattern;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as IntermediateLine);

    /// <inheritdoc/>
    public override int GetHashCode() => Pattern.GetHashCode(StringComparison.Ordinal);

    /// <summary>Refuses a pattern that lacks an objective.</summary>
    internal void Check(IReadOnlyList<ObjectiveDefinition> objectives)
    {
        var groups = regex.GetGroupNames();
        if (objectives.FirstOrDefault(objective => !groups.Contains(objective.Objective.Name)) is { } missing)
            throw new ArgumentException($"The pattern of intermediate values has no group for the objective '{missing.Objective.Name}'; add (?<{missing.Objective.Name}>\\S+).");
    }
}
