using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Cli.Commands.Tasks;

/// <summary>The command <c>vilfredo tasks check</c>.</summary>
internal static class TaskCheckCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("check", "Check a file of tasks: form, answers and worked solutions.")
        {
            Details = "Every item's answer and solution must pass the checker of its family; the first line that is wrong ends "
                + "the command with exit code 2. The output counts items by family and by split.",
            Examples = [new("vilfredo tasks check test.jsonl", "One file"), new("vilfredo tasks sample path --json | vilfredo tasks check -", "Standard input")],
        };
        var file = new Argument<string>("FILE") { Description = "JSON lines as vilfredo tasks sample --json writes them, or - for standard input." };
        var json = OutputOptions.Json();
        command.Add(file);
        command.Add(json);
        command.Handle(parse =>
        {
            var path = parse.GetRequiredValue(file);
            var counts = path == "-" ? Count("standard input", Console.In) : InputFile.Open(path, name =>
            {
                using var reader = new StreamReader(name);
                return Count(name, reader);
            });
            if (parse.GetValue(json))
            {
                terminal.WriteJson(writer =>
                {
                    writer.WriteStartArray();
                    foreach (var (key, count) in counts)
                    {
                        writer.WriteStartObject();
                        writer.WriteString("family", key.Family);
                        writer.WriteString("split", key.Split);
                        writer.WriteNumber("items", count);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                });
                return ExitCode.Success;
            }

            var table = new TextTable(new("family"), new("split"), new("items", IsNumeric: true));
            foreach (var (key, count) in counts) table.Add([key.Family, key.Split, $"{count}"]);
            table.Write(terminal);
            return ExitCode.Success;
        });
        return command;
    }

    private static SortedDictionary<(string Family, string Split), int> Count(string source, TextReader reader)
    {
        var counts = new SortedDictionary<(string Family, string Split), int>();
        var number = 0;
        try
        {
            foreach (var item in TaskLines.Read(reader))
            {
                number++;
                if (TaskFamilies.Find(item.Family)!.Check(item, item.Solution) != Grade.Correct)
                    throw new UserErrorException($"{source}, item {number}: the solution does not end with a right answer");
                var key = (item.Family, TaskSplitter.Default.SplitOf(item.Family, item.Problem).ToString().ToLowerInvariant());
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }
        catch (FormatException error)
        {
            throw new UserErrorException($"{source}, {error.Message}", "vilfredo tasks sample --json shows what a line looks like.");
        }

        return number > 0 ? counts : throw new UserErrorException($"{source}: there is no task in it");
    }
}
