using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;
using Vilfredo.Studies.Yaml;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo optimize</c>.</summary>
internal static class OptimizeCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("optimize", "Find the frontier of a program: run a study file.")
        {
            Details = "A study file names knobs, objectives and the command to run. Every result is on disk when it is shown: "
                + "stop with Ctrl-C, or lose the machine, and go on with 'vilfredo resume'.",
            Examples =
            [
                new("vilfredo optimize examples/compression/study.yaml", "The frontier of real compressors, with a report"),
                new("vilfredo optimize study.yaml --budget 200 -j 4 --sampler sobol", "Another budget, four trials at once, another sampler"),
                new("vilfredo optimize study.yaml --name second --seed 2 --json", "The same study with another seed, for machines"),
                new("vilfredo optimize study.yaml --sampler auto --budget 60 --name third --warm-start second", "A sampler chosen for the budget, beginning with what another study found"),
            ],
        };
        var file = new Argument<string>("study file") { HelpName = "STUDY.yaml", Description = "The study file." };
        var name = new Option<string?>("--name") { HelpName = "NAME", Description = "The study's name; the file's when not given." };
        var warmStart = new Option<string?>("--warm-start") { HelpName = "STUDY", Description = "Begin with the results of another study in the same file; the budget is of new trials." };
        var storage = StudyStore.Option();
        var settings = new RunSettings();
        var run = new StudyRun(terminal);
        command.Add(file);
        command.Add(name);
        settings.AddTo(command, isNew: true);
        command.Add(warmStart);
        command.Add(storage);
        run.AddTo(command);
        command.Handle((parse, cancellation) =>
        {
            var definition = Load(parse.GetRequiredValue(file));
            if (parse.GetValue(name) is { } given) definition = definition with { Name = given };
            (definition, _) = settings.Apply(parse, definition);
            if (definition.Sampler.Name == AutoSampler.Name)
            {
                var choice = AutoSampler.Choose(definition);
                terminal.WriteNote($"sampler {choice.Sampler.Name}: {choice.Reason}");
            }

            if (definition.Command is null)
                throw new UserErrorException($"{parse.GetValue(file)} has no command to run", "Add 'command: [program, argument, ...]', or use the library for a C# function.");
            return Task.FromResult(StudyStore.Use(parse.GetRequiredValue(storage), StorageAccess.Create, store =>
            {
                if (store.List().Contains(definition.Name))
                {
                    throw new UserErrorException(
                        $"the study '{definition.Name}' exists already in {store.Path}",
                        $"Go on with 'vilfredo resume {definition.Name}', start another with --name NAME, or remove it with 'vilfredo delete {definition.Name}'.");
                }

                using var source = parse.GetValue(warmStart) is { } other ? StudyStore.Open(store, other) : null;
                using var study = CreateStudy(definition, store, source, terminal);
                return run.Execute(parse, study, cancellation);
            }));
        });
        return command;
    }

    /// <summary>Reads a study file; its mistakes are the user's to mend.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or does not make sense.</exception>
    public static StudyDefinition Load(string path)
    {
        try
        {
            return InputFile.Open(path, StudyDocument.Load);
        }
        catch (YamlFileException error)
        {
            throw new UserErrorException(string.Join("\nvilfredo: ", error.Mistakes), "The keys of a study file are listed in docs/study-file.md.");
        }
    }

    private static Study CreateStudy(StudyDefinition definition, SqliteStorage store, Study? source, Terminal terminal)
    {
        Study? study = null;
        try
        {
            study = Study.Create(definition, store);
            if (source is null) return study;
            var (copied, leftOut) = WarmStart.From(study, source);
            if (definition.Budget.Trials is { } trials)
                study.Change(old => old with { Budget = old.Budget with { Trials = trials + copied } }, $"warm start with {copied} trials of {source.Name}");
            terminal.WriteNote($"warm start: {copied} trials of {source.Name}{(leftOut == 0 ? "" : $"; {leftOut} do not fit this study's space")}");
            return study;
        }
        catch (ArgumentException error)
        {
            // A study that could not be given what it was to begin with does not stay behind.
            if (study is not null)
            {
                study.Dispose();
                store.Delete(definition.Name);
            }

            throw UserErrorException.From(definition.Name, error);
        }
    }
}
