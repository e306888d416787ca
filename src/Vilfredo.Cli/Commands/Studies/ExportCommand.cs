using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo export</c>.</summary>
internal static class ExportCommand
{
    private static readonly string[] Formats = ["csv", "json", "parquet"];

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("export", "Write a study's trials as CSV, JSON or Parquet.")
        {
            Details = "Numbers are exact. JSON holds the whole study, and 'vilfredo import' makes the same study of it; CSV heads its "
                + "objectives with unit and direction.",
            Examples =
            [
                new("vilfredo export compression > trials.csv", "CSV to standard output"),
                new("vilfredo export compression --format json --output study.json", "The whole study"),
            ],
        };
        var name = StudyStore.Name();
        var format = new Option<string?>("--format", "-f") { HelpName = "FORMAT", Description = $"{string.Join(", ", Formats)}; by the output's ending, else csv." };
        var output = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "The file to write; standard output when not given." };
        var storage = StudyStore.Option();
        command.Add(name);
        foreach (var option in new Option[] { format, output, storage }) command.Add(option);
        command.Handle(parse => StudyStore.Use(parse.GetRequiredValue(storage), parse.GetRequiredValue(name), StorageAccess.Read, study =>
        {
            var path = parse.GetValue(output);
            Write(terminal, study, FormatOf(parse.GetValue(format), path), path);
            return ExitCode.Success;
        }));
        return command;
    }

    private static string FormatOf(string? format, string? path)
    {
        format ??= path is not null && Formats.Contains(Path.GetExtension(path).TrimStart('.')) ? Path.GetExtension(path).TrimStart('.') : "csv";
        if (!Formats.Contains(format))
            throw new UserErrorException($"--format: there is no format '{format}'", Suggestion.For(format, Formats) ?? $"There are: {string.Join(", ", Formats)}.");
        if (format == "parquet" && path is null)
            throw new UserErrorException("Parquet is not text", "Name a file with --output.");
        return format;
    }

    private static void Write(Terminal terminal, Study study, string format, string? path)
    {
        using var buffer = new MemoryStream();
        switch (format)
        {
            case "csv":
                using (var writer = new StreamWriter(buffer, leaveOpen: true)) ResultExport.ToCsv(study, writer);
                break;
            case "json":
                ResultExport.ToJson(study, buffer);
                buffer.WriteByte((byte)'\n');
                break;
            default:
                ResultExport.ToParquetAsync(study, buffer).GetAwaiter().GetResult();
                break;
        }

        if (path is null) terminal.WriteBytes(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        else File.WriteAllBytes(path, buffer.ToArray());
    }
}
