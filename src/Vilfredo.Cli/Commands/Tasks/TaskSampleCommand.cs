using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Cli.Commands.Tasks;

/// <summary>The command <c>vilfredo tasks sample</c>.</summary>
internal static class TaskSampleCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("sample", "Draw problems of a family, with worked solutions.")
        {
            Details = "A problem belongs to one split for good, by a keyed hash of the problem: train and test share none, "
                + "whatever the seeds.",
            Examples =
            [
                new("vilfredo tasks sample chain --difficulty 4 --count 3", "Three problems to read"),
                new("vilfredo tasks sample path --count 1000 --split test --json > test.jsonl", "A test set as JSON lines"),
                new("vilfredo tasks sample list --style terse --passes 1", "Another way of writing the solution"),
            ],
        };
        var name = new Argument<string>("FAMILY") { Description = "A name of vilfredo tasks list." };
        var difficulty = new Option<int>("--difficulty") { HelpName = "D", Description = "From 1.", DefaultValueFactory = _ => 3 };
        var count = new Option<int>("--count") { HelpName = "N", Description = "How many problems.", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong>("--seed") { HelpName = "SEED", Description = "The same seed gives the same problems.", DefaultValueFactory = _ => 1UL };
        var split = new Option<string?>("--split") { HelpName = "train|validation|test", Description = "Only problems of this split." };
        var style = new Option<string>("--style") { HelpName = "direct|terse|verbose", Description = "How much the solution writes.", DefaultValueFactory = _ => "verbose" };
        var passes = new Option<int>("--passes") { HelpName = "N", Description = "How often the solution is written once more." };
        var json = new Option<bool>("--json") { Description = "Write JSON lines: one problem per line." };
        command.Add(name);
        foreach (var option in new Option[] { difficulty, count, seed, split, style, passes, json }) command.Add(option);
        command.Handle(parse =>
        {
            var given = parse.GetRequiredValue(name);
            var family = TaskFamilies.Find(given) ?? throw new UserErrorException(
                $"there is no family \"{given}\"",
                Suggestion.For(given, TaskFamilies.All.Select(known => known.Name)) ?? "vilfredo tasks list names them.");
            var level = InRange("--difficulty", parse.GetValue(difficulty), 1, family.MaximumDifficulty);
            var number = InRange("--count", parse.GetValue(count), 1, int.MaxValue);
            TaskSplit? wanted = parse.GetValue(split) is { } text ? OneOf<TaskSplit>("--split", text) : null;
            var teacher = new Teacher(
                OneOf<TeacherStyle>("--style", parse.GetValue(style)!),
                InRange("--passes", parse.GetValue(passes), 0, Teacher.MaximumExtraPasses));
            var mix = new TaskMix([new TaskMixPart(family, 1, level, level)]);
            for (var i = 0; i < number; i++)
            {
                var item = mix.At(parse.GetValue(seed), i, wanted, teacher);
                if (parse.GetValue(json))
                    terminal.Output.WriteLine(TaskLines.Format(item));
                else
                    terminal.Output.WriteLine($"{(i > 0 ? "\n" : "")}{item.Prompt}\n{item.Solution}");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static int InRange(string option, int value, int least, int most) => value >= least && value <= most
        ? value
        : throw new UserErrorException($"{option}: {value} is not from {least} to {most}");

    private static T OneOf<T>(string option, string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (value.ToString().Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        }

        throw new UserErrorException(
            $"{option}: \"{text}\" is none of {string.Join(", ", Enum.GetNames<T>().Select(known => known.ToLowerInvariant()))}");
    }
}
