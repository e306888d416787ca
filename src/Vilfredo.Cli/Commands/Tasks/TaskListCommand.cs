using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Cli.Commands.Tasks;

/// <summary>The command <c>vilfredo tasks list</c>.</summary>
internal static class TaskListCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("list", "The families of problems and how hard they get.")
        {
            Examples = [new("vilfredo tasks list", "All families"), new("vilfredo tasks list --json", "The same for machines")],
        };
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle(parse =>
        {
            if (parse.GetValue(json))
            {
                terminal.WriteJson(writer =>
                {
                    writer.WriteStartArray();
                    foreach (var family in TaskFamilies.All)
                    {
                        writer.WriteStartObject();
                        writer.WriteString("family", family.Name);
                        writer.WriteNumber("maximumDifficulty", family.MaximumDifficulty);
                        writer.WriteString("description", family.Description);
                        writer.WriteEndObject();
                    }

                    writer.WriteEndArray();
                });
                return ExitCode.Success;
            }

            var table = new TextTable(new("family"), new("difficulty"), new("what is asked"));
            foreach (var family in TaskFamilies.All)
                table.Add([family.Name, $"1-{family.MaximumDifficulty}", family.Description]);
            table.Write(terminal);
            return ExitCode.Success;
        });
        return command;
    }
}
