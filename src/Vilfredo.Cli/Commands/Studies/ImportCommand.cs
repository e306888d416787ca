using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo import</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("import", "Bring results from a file into a study.")
        {
            Details = "A CSV file's rows become trials of an existing study: columns are found by the names of its knobs and objectives. A "
                + "JSON export becomes a study of its own. Nothing is imported unless everything is right.",
            Examples =
            [
                new("vilfredo import earlier.csv --study compression", "Rows measured elsewhere"),
                new("vilfredo import study.json --name copy", "A whole study, under another name"),
            ],
        };
        var file = new Argument<string>("file") { HelpName = "FILE", Description = "CSV, or JSON written by 'vilfredo export'." };
        var study = new Option<string?>("--study") { HelpName = "STUDY", Description = "The study that gets the rows of a CSV file." };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "The name of the study made of a JSON file." };
        var storage = StudyStore.Option();
        command.Add(file);
        foreach (var option in new Option[] { study, name, storage }) command.Add(option);
        command.Handle(parse =>
        {
            var path = parse.GetRequiredValue(file);
            var isJson = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
            if (!isJson && parse.GetValue(study) is null)
                throw new UserErrorException($"{path}: into which study?", "Name it with --study; 'vilfredo frontier' shows a CSV file without a study.");
            var trials = isJson
                ? StudyStore.Use(parse.GetRequiredValue(storage), StorageAccess.Create, store => ImportJson(path, store, parse.GetValue(name)))
                : StudyStore.Use(parse.GetRequiredValue(storage), parse.GetValue(study)!, StorageAccess.ReadWrite, target => ImportCsv(path, target));
            terminal.Output.WriteLine($"imported {trials} trials");
            return ExitCode.Success;
        });
        return command;
    }

    private static int ImportJson(string path, SqliteStorage store, string? name)
    {
        using var study = ResultImport.FromJson(InputFile.Open(path, File.ReadAllText), path, store, name);
        return study.Read(s => s.Finished);
    }

    private static int ImportCsv(string path, Study study)
    {
        using var reader = InputFile.Open(path, p => CsvReader.Open(p));
        return ResultImport.FromCsv(study, reader);
    }
}
