using System.Text.Json;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>Shows a chosen point, why it was chosen, and how to run it.</summary>
internal sealed class PickOutput(Terminal terminal, Study study, StudyFrontier frontier)
{
    /// <summary>For people.</summary>
    public void Write(StudyChoice choice)
    {
        if (choice.Point is not { } point)
        {
            terminal.WriteError($"{study.Name}: {choice.Reason}", Sentence(choice.NextReason));
            return;
        }

        var table = new TextTable(new("what"), new("value")) { Title = $"{study.Name}: trial {point.Trial}" };
        foreach (var (knob, value) in point.Configuration) table.Add([knob, value.ToString()]);
        for (var k = 0; k < frontier.Objectives.Count; k++)
        {
            var format = QuantityFormat.ForColumn(frontier.Frontier.Select(p => p.Values[k]), frontier.Objectives[k].Unit);
            table.Add([frontier.Objectives[k].Name, format.FormatWithUnit(point.Values[k])], emphasized: true);
        }

        if (point.Probability is { } probability) table.Add(["probability of being non-dominated", QuantityFormat.Significant(probability, 2)]);
        table.Write(terminal);
        terminal.Output.WriteLine($"Why: {Sentence(choice.Reason)}");
        terminal.Output.WriteLine($"Beyond: {Sentence(choice.NextReason)}");
        if (CommandLineOf(point) is { } line) terminal.Output.WriteLine($"Run it: {line}");
    }

    /// <summary>For machines.</summary>
    public void WriteJson(StudyChoice choice) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("study", study.Name);
        WritePoint(json, "choice", choice.Point);
        json.WriteString("reason", choice.Reason);
        WritePoint(json, choice.Point is null ? "nearest" : "next", choice.Next);
        json.WriteString(choice.Point is null ? "nearestReason" : "nextReason", choice.NextReason);
        json.WriteStartObject("excess");
        for (var k = 0; k < choice.Excess.Count; k++)
        {
            if (choice.Excess[k] > 0) json.WriteNumber(frontier.Objectives[k].Name, choice.Excess[k]);
        }

        json.WriteEndObject();
        if (choice.Point is { } point && CommandLineOf(point) is { } line) json.WriteString("command", line);
        json.WriteEndObject();
    });

    private string? CommandLineOf(StudyPoint point) => StudyCommandLine.Of(study.Definition, point);

    private void WritePoint(Utf8JsonWriter json, string property, StudyPoint? point)
    {
        json.WritePropertyName(property);
        if (point is null) json.WriteNullValue();
        else StudyOutput.WritePoint(json, frontier.Objectives, point);
    }

    private static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
