using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo resume</c>.</summary>
internal static class ResumeCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("resume", "Go on with a study, as it was or changed.")
        {
            Details = "Trials that were running when the study stopped are given out again. A changed study file may have other "
                + "ranges, knobs (with a default), limits or another sampler; old trials are used, and the change is recorded.",
            Examples =
            [
                new("vilfredo resume compression", "Complete the budget"),
                new("vilfredo resume compression --budget 200", "Go on to 200 trials"),
                new("vilfredo resume compression --study study.yaml", "Go on with the file as it is now"),
            ],
        };
        var name = StudyStore.Name();
        var storage = StudyStore.Option();
        var file = new Option<string?>("--study") { HelpName = "STUDY.yaml", Description = "A changed study file to go on with." };
        var settings = new RunSettings();
        var run = new StudyRun(terminal);
        command.Add(name);
        command.Add(file);
        settings.AddTo(command, isNew: false);
        command.Add(storage);
        run.AddTo(command);
        command.Handle((parse, cancellation) => Task.FromResult(
            StudyStore.Use(parse.GetRequiredValue(storage), parse.GetRequiredValue(name), StorageAccess.ReadWrite, study =>
            {
                Change(parse, study, parse.GetValue(file), settings);
                if (study.Definition.Command is null)
                {
                    throw new UserErrorException(
                        $"the study '{study.Name}' has no command: its objective is a function", "Resume it from the program that has the function.");
                }

                return run.Execute(parse, study, cancellation);
            })));
        return command;
    }

    private static void Change(ParseResult parse, Study study, string? file, RunSettings settings)
    {
        var before = study.Definition;
        var changed = before;
        var notes = new List<string>();
        if (file is not null)
        {
            // The seed stays: another one would change nothing that has happened, and the record of what did.
            changed = OptimizeCommand.Load(file) with { Name = study.Name, Seed = before.Seed };
            notes.Add($"study file {Path.GetFileName(file)}");
        }

        (changed, var note) = settings.Apply(parse, changed);
        if (note.Length > 0) notes.Add(note);
        if (StudyDocument.Serialize(changed) == StudyDocument.Serialize(before)) return;
        try
        {
            study.Change(_ => changed, string.Join("; ", notes));
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.From(study.Name, error);
        }
    }
}
