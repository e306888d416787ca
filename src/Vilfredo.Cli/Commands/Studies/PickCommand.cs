using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo pick</c>.</summary>
internal static class PickCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("pick", "Choose a point of a study's frontier by budget or preference.")
        {
            Details = "Limits leave the points that you can afford; a preference chooses among them: the best in one objective, "
                + "weights, a wish, priorities, or what the study's own preference says, or the knee. Numbers are in the units of the objectives. "
                + "With --interactive the choice is a dialogue, from a terminal or from lines of a file. When no point is within the limits, the exit code is 1 and the nearest one is named.",
            Examples =
            [
                new("vilfredo pick compression", "The knee"),
                new("vilfredo pick compression --max time=2 --prefer size", "The smallest in at most 2 s, and what a smaller one costs"),
                new("vilfredo pick models --min accuracy=0.9 --weights cost=1,latency=3", "Among the accurate ones, latency counts three times"),
                new("vilfredo pick models --lexicographic accuracy:0.01,cost", "The cheapest within 0.01 of the best accuracy"),
                new("vilfredo pick models --interactive", "Limits, wishes and steps one after the other, until it fits"),
                new("vilfredo pick models --reference-point cost=0.01,accuracy=0.9 --json", "Nearest to a wish, for machines"),
            ],
        };
        var name = StudyStore.Name();
        var preference = new PickPreference();
        var interactive = new Option<bool>("--interactive", "-i") { Description = "Choose in a dialogue." };
        var json = OutputOptions.Json();
        var storage = StudyStore.Option();
        command.Add(name);
        preference.AddTo(command);
        command.Add(interactive);
        command.Add(json);
        command.Add(storage);
        command.Handle(parse => StudyStore.Use(parse.GetRequiredValue(storage), parse.GetRequiredValue(name), StorageAccess.Read, study =>
        {
            var frontier = StudyFrontier.Of(study);
            if (frontier.Frontier.Count == 0)
                throw new CommandFailedException($"'{study.Name}' has no frontier to pick from: no trial has given a feasible result yet", $"See 'vilfredo show {study.Name}'.");
            var (limits, method) = preference.Wanted(parse, frontier, study.Definition.Preference);
            var choice = parse.GetValue(interactive)
                ? new PickDialogue(terminal, Console.In, frontier, limits, method).Run(prompts: !Console.IsInputRedirected)
                : method(limits);
            if (choice is null) return ExitCode.Failure;
            var output = new PickOutput(terminal, study, frontier);
            if (parse.GetValue(json)) output.WriteJson(choice);
            else output.Write(choice);
            return choice.Point is null ? ExitCode.Failure : ExitCode.Success;
        }));
        return command;
    }
}
