using System.Text.Json;
using Vilfredo.Cli.Output;
using Vilfredo.Cli.Rendering;
using Vilfredo.Studies;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>Shows what a study has found.</summary>
internal static class StudyOutput
{
    private const int MostReasons = 3;

    /// <summary>States, frontier and failures as JSON.</summary>
    public static void WriteJson(Utf8JsonWriter json, Study study, StudyFrontier frontier, RunSummary? summary)
    {
        var counts = Counts(study);
        json.WriteStartObject();
        json.WriteString("study", study.Name);
        json.WriteStartObject("trials");
        foreach (var (state, count) in counts) json.WriteNumber(Camel(state), count);
        json.WriteEndObject();
        if (summary is not null)
        {
            json.WriteString("end", summary.Reason);
            json.WriteNumber("elapsedSeconds", summary.Elapsed.TotalSeconds);
        }

        json.WriteStartArray("objectives");
        foreach (var objective in frontier.Objectives)
        {
            json.WriteStartObject();
            json.WriteString("name", objective.Name);
            json.WriteString("direction", objective.Direction == Direction.Minimize ? "minimize" : "maximize");
            json.WriteString("unit", objective.Unit);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("frontier");
        foreach (var point in frontier.Frontier) WritePoint(json, frontier.Objectives, point);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Frontier as table and plot, and what became of the trials.</summary>
    public static void Write(Terminal terminal, Study study)
    {
        var data = StudyReport.Of(study);
        terminal.Output.WriteLine($"{data.Title}: {data.Subtitle}");
        terminal.Output.WriteLine(string.Join(", ", Counts(study).Select(c => $"{c.Count} {Words(c.State)}")));
        terminal.Write(new FrontierTable(data));
        if (data.Objectives.Count >= 2 && data.Points.Any(p => p.IsOnFrontier)) terminal.Write(new FrontierChart(data));
        foreach (var group in data.Points.Where(p => p.State is ReportPointState.Failed or ReportPointState.TimedOut).GroupBy(p => p.Reason).OrderByDescending(g => g.Count()).Take(MostReasons))
            terminal.WriteNote($"{group.Count()} x {group.Key} (first: trial {group.First().Trial}; see 'vilfredo show {study.Name} --trial {group.First().Trial}')");
    }

    /// <summary>A state in words.</summary>
    public static string Words(TrialState state) => state == TrialState.TimedOut ? "timed out" : state.ToString().ToLowerInvariant();

    /// <summary>One point as a JSON object.</summary>
    public static void WritePoint(Utf8JsonWriter json, IReadOnlyList<Objective> objectives, StudyPoint point)
    {
        json.WriteStartObject();
        json.WriteNumber("trial", point.Trial);
        json.WriteStartObject("knobs");
        foreach (var (name, value) in point.Configuration)
        {
            if (value.Type == KnobType.Categorical) json.WriteString(name, value.Text);
            else json.WriteNumber(name, value.Number);
        }

        json.WriteEndObject();
        json.WriteStartObject("values");
        for (var k = 0; k < objectives.Count; k++) json.WriteNumber(objectives[k].Name, point.Values[k]);
        json.WriteEndObject();
        json.WriteNumber("measurements", point.Samples.Length);
        if (point.Probability is { } probability) json.WriteNumber("probabilityNonDominated", probability);
        json.WriteBoolean("knee", point.IsKnee);
        json.WriteEndObject();
    }

    /// <summary>How many trials are in each state, states that occur only.</summary>
    public static IReadOnlyList<(TrialState State, int Count)> Counts(Study study) =>
        study.Read(s => s.Trials.GroupBy(t => t.State).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())).ToArray());

    private static string Camel(TrialState state) => char.ToLowerInvariant(state.ToString()[0]) + state.ToString()[1..];
}
