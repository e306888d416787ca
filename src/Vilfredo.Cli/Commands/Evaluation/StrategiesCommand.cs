using System.CommandLine;
using System.Text.Json;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Inference.Catalog;

namespace Vilfredo.Cli.Commands.Evaluation;

/// <summary>The command <c>vilfredo strategies</c>.</summary>
internal static class StrategiesCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("strategies", "The ways to get an answer from models with more than one call.")
        {
            Details = "The names and knobs are those of the strategies in files of 'vilfredo evaluate' and in requests to 'vilfredo serve --strategies'. With a NAME it shows the knobs.",
            Examples =
            [
                new("vilfredo strategies", "All of them"),
                new("vilfredo strategies majority_voting", "One with its knobs"),
                new("vilfredo strategies --json", "All with their knobs, for machines"),
            ],
        };
        var name = new Argument<string?>("name") { Description = "One of them, or another name of it.", Arity = ArgumentArity.ZeroOrOne };
        var json = OutputOptions.Json();
        command.Add(name);
        command.Add(json);
        command.Handle(parse =>
        {
            var asked = parse.GetValue(name);
            var chosen = asked is null ? null : StrategyCatalog.Find(asked)
                ?? throw new UserErrorException($"there is no strategy '{asked}'", $"There are {string.Join(", ", StrategyCatalog.All.Select(strategy => strategy.Name))}.");
            if (parse.GetValue(json))
                terminal.WriteJson(writer => Write(writer, chosen is null ? StrategyCatalog.All : [chosen]));
            else if (chosen is null)
                ShowAll(terminal);
            else
                Show(terminal, chosen);
            return ExitCode.Success;
        });
        return command;
    }

    private static void ShowAll(Terminal terminal)
    {
        var table = new TextTable(new("strategy"), new("calls by default", true), new("what it does"), new("also"));
        foreach (var strategy in StrategyCatalog.All)
            table.Add([strategy.Name, Calls(strategy), strategy.Summary, string.Join(", ", strategy.Aliases)]);
        table.Write(terminal);
    }

    private static void Show(Terminal terminal, StrategyDefinition strategy)
    {
        terminal.Output.WriteLine($"{strategy.Name}: {strategy.Summary}");
        if (strategy.Aliases.Count > 0)
            terminal.Output.WriteLine($"also {string.Join(", ", strategy.Aliases)}");
        if (strategy.Source is { } source)
            terminal.Output.WriteLine($"source: {source}");
        terminal.Output.WriteLine($"calls with the defaults: {Calls(strategy)}");
        if (strategy.Knobs.Count == 0)
            return;
        var table = new TextTable(new("knob"), new("default"), new("takes"), new("what it sets"));
        foreach (var knob in strategy.Knobs)
            table.Add([knob.Name, knob.Default ?? "-", knob.Allowed, knob.Summary]);
        table.Write(terminal);
    }

    // A strategy that needs a model or a file has no plan before it is given one.
    private static string Calls(StrategyDefinition strategy)
    {
        try
        {
            var plan = StrategyCatalog.Build(strategy.Name, new Dictionary<string, string>()).Plan;
            return plan.Most == plan.Fewest ? $"{plan.Fewest}" : plan.Most is { } most ? $"{plan.Fewest}-{most}" : $"{plan.Fewest}+";
        }
        catch (FormatException)
        {
            return "-";
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<StrategyDefinition> strategies)
    {
        writer.WriteStartArray();
        foreach (var strategy in strategies)
        {
            writer.WriteStartObject();
            writer.WriteString("name", strategy.Name);
            writer.WriteString("summary", strategy.Summary);
            writer.WriteStartArray("aliases");
            foreach (var alias in strategy.Aliases)
                writer.WriteStringValue(alias);
            writer.WriteEndArray();
            writer.WriteString("source", strategy.Source);
            writer.WriteStartArray("knobs");
            foreach (var knob in strategy.Knobs)
                Write(writer, knob);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Knob knob)
    {
        writer.WriteStartObject();
        writer.WriteString("name", knob.Name);
        writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(knob.Kind.ToString()));
        writer.WriteString("summary", knob.Summary);
        writer.WriteString("default", knob.Default);
        if (knob.Minimum is { } least)
            writer.WriteNumber("minimum", least);
        if (knob.Maximum is { } most)
            writer.WriteNumber("maximum", most);
        if (knob.Choices.Count > 0)
        {
            writer.WriteStartArray("choices");
            foreach (var choice in knob.Choices)
                writer.WriteStringValue(choice);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
