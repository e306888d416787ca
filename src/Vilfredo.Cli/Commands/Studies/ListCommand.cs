using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo list</c>.</summary>
internal static class ListCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("list", "List the studies of a file.")
        {
            Examples = [new("vilfredo list", "The studies in vilfredo.db"), new("vilfredo list --storage other.db --json", "Of another file, for machines")],
        };
        var storage = StudyStore.Option();
        var json = OutputOptions.Json();
        command.Add(storage);
        command.Add(json);
        command.Handle(parse => StudyStore.Use(parse.GetRequiredValue(storage), StorageAccess.Read, store =>
        {
            var rows = store.List().Select(name => Summary(store, name)).ToArray();
            if (parse.GetValue(json)) WriteJson(terminal, rows);
            else WriteTable(terminal, rows);
            return ExitCode.Success;
        }));
        return command;
    }

    private sealed record Row(string Name, int Finished, int Open, int? Budget, int OnFrontier, string Objectives, DateTimeOffset Created);

    private static Row Summary(SqliteStorage store, string name)
    {
        using var study = Study.Open(store, name);
        return study.Read(s => new Row(
            name, s.Finished, s.Open.Count, s.Definition.Budget.Trials, StudyFrontier.Of(s).Frontier.Count,
            string.Join(", ", s.Definition.Objectives.Select(o => (o.Objective.Direction == Direction.Minimize ? "min " : "max ") + o.Objective.Label)),
            s.History[0].Time));
    }

    private static void WriteTable(Terminal terminal, Row[] rows)
    {
        var table = new TextTable(new("study"), new("trials", true), new("budget", true), new("open", true), new("frontier", true), new("objectives"), new("created"));
        foreach (var row in rows)
        {
            table.Add([row.Name, $"{row.Finished}", row.Budget?.ToString() ?? "-", $"{row.Open}", $"{row.OnFrontier}", row.Objectives, row.Created.LocalDateTime.ToString("yyyy-MM-dd HH:mm")]);
        }

        table.Write(terminal);
    }

    private static void WriteJson(Terminal terminal, Row[] rows) => terminal.WriteJson(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("study", row.Name);
            json.WriteNumber("finished", row.Finished);
            json.WriteNumber("open", row.Open);
            if (row.Budget is { } budget) json.WriteNumber("budget", budget);
            json.WriteNumber("frontier", row.OnFrontier);
            json.WriteString("created", row.Created);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
