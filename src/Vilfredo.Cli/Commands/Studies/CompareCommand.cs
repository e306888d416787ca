using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo compare</c>.</summary>
internal static class CompareCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("compare", "Compare the frontiers of two studies, or of two groups of runs.")
        {
            Details = "A and B are each a study, a list with commas, or a pattern with * and ?: several studies of one side are its "
                + "runs, such as seeds. Objectives are scaled to the range of all frontiers, so units do not matter. With one run "
                + "each, only repeats of trials say something about chance.",
            Examples =
            [
                new("vilfredo compare nsga2 random", "One run each"),
                new("vilfredo compare 'nsga2-*' 'random-*'", "Over seeds: intervals, probability that A is better, where it attains more"),
                new("vilfredo compare a b --reference size=2e6,time=10 --json", "With a reference point of your own, for machines"),
            ],
        };
        var first = new Argument<string>("a") { HelpName = "A", Description = "The first study, list or pattern." };
        var second = new Argument<string>("b") { HelpName = "B", Description = "The second study, list or pattern." };
        var reference = new Option<string?>("--reference")
        {
            HelpName = "NAME=NUMBER,...",
            Description = "The reference point of the hypervolume; the worst of all frontiers and a tenth of the range beyond when not given.",
        };
        var json = OutputOptions.Json();
        var storage = StudyStore.Option();
        command.Add(first);
        command.Add(second);
        foreach (var option in new Option[] { reference, json, storage }) command.Add(option);
        command.Handle(parse => StudyStore.Use(parse.GetRequiredValue(storage), StorageAccess.Read, store =>
        {
            var a = new StudyGroup("A", parse.GetRequiredValue(first), store);
            var b = new StudyGroup("B", parse.GetRequiredValue(second), store);
            if (a.Names.Intersect(b.Names).FirstOrDefault() is { } both)
                throw new UserErrorException($"the study '{both}' is in A and in B", "Name different studies; a study equals itself.");
            var comparison = Compare(a, b, parse.GetValue(reference));
            var output = new CompareOutput(terminal, comparison, a, b);
            if (parse.GetValue(json)) output.WriteJson();
            else output.Write();
            return ExitCode.Success;
        }));
        return command;
    }

    private static StudyComparison Compare(StudyGroup a, StudyGroup b, string? reference)
    {
        var objectives = a.Frontiers[0].Objectives;
        double[]? point = null;
        if (reference is not null)
        {
            var given = ObjectiveValues.Parse("--reference", [reference], objectives);
            var missing = Array.FindIndex(given, v => v is null);
            if (missing >= 0) throw new UserErrorException($"--reference: no value for {objectives[missing].Name}", "Give a value for every objective.");
            point = [.. given.Select(v => v!.Value)];
        }

        try
        {
            return StudyComparison.Of(a.Frontiers, b.Frontiers, point);
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.From($"{a.Given} and {b.Given}", error);
        }
    }
}
