using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo show</c>.</summary>
internal static class ShowCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("show", "Show what a study has found, or one of its trials.")
        {
            Examples =
            [
                new("vilfredo show compression", "The frontier"),
                new("vilfredo show compression --trial 12", "All that is known of one trial, its last output lines included"),
                new("vilfredo show compression --report out", "Write the report again"),
            ],
        };
        var name = StudyStore.Name();
        var storage = StudyStore.Option();
        var trial = new Option<int?>("--trial") { HelpName = "N", Description = "The trial to show." };
        var report = new Option<string?>("--report") { HelpName = "DIRECTORY", Description = "Write the report there." };
        var json = OutputOptions.Json();
        foreach (var symbol in new Option[] { trial, report, json, storage }) command.Add(symbol);
        command.Add(name);
        command.Handle(parse => StudyStore.Use(parse.GetRequiredValue(storage), parse.GetRequiredValue(name), StorageAccess.Read, study =>
        {
            if (parse.GetValue(trial) is { } number) ShowTrial(terminal, study, number);
            else if (parse.GetValue(json)) terminal.WriteJson(writer => StudyOutput.WriteJson(writer, study, StudyFrontier.Of(study), null));
            else StudyOutput.Write(terminal, study);
            if (parse.GetValue(report) is { } directory) new StudyRun(terminal).WriteReport(study, directory);
            return ExitCode.Success;
        }));
        return command;
    }

    private static void ShowTrial(Terminal terminal, Study study, int number)
    {
        var trials = study.Read(s => s.Trials);
        if (number < 0 || number >= trials.Count)
            throw new UserErrorException($"there is no trial {number} in '{study.Name}'", trials.Count == 0 ? "It has no trials yet." : $"It has trials 0 to {trials.Count - 1}.");
        var trial = trials[number];
        var table = new TextTable(new("what"), new("value")) { Title = $"trial {number} of {study.Name}: {StudyOutput.Words(trial.State)}" };
        foreach (var (knob, value) in trial.Configuration) table.Add([knob, value.ToString()]);
        if (trial.RepeatOf is { } original) table.Add(["repeats", $"trial {original}"]);
        table.Add(["attempts", $"{trial.Attempt}"]);
        table.Add(["started", $"{trial.Started:O}"]);
        if (trial.Outcome is { } outcome) AddOutcome(table, study, outcome);
        foreach (var told in trial.Uncounted) table.Add([$"{told.Status} (attempt {told.Attempt})", string.Join(", ", told.Outcome.Values) + told.Outcome.Reason]);
        table.Write(terminal);
        if (trial.Outcome?.Output is { } lines)
        {
            terminal.Output.WriteLine("last output lines:");
            terminal.Output.WriteLine(lines);
        }
    }

    private static void AddOutcome(TextTable table, Study study, TrialOutcome outcome)
    {
        var objectives = study.Objectives;
        for (var k = 0; k < objectives.Count; k++)
        {
            if (outcome.HasValues) table.Add([objectives[k].Label, IO.NumberText.Format(outcome.Values[k])], emphasized: true);
            else if (outcome.LowerBounds.Length > 0 && !double.IsNaN(outcome.LowerBounds[k])) table.Add([objectives[k].Label, $"at least {IO.NumberText.Format(outcome.LowerBounds[k])}"]);
        }

        for (var r = 0; outcome.Samples.Length > 1 && r < outcome.Samples.Length; r++) table.Add([$"measurement {r + 1}", string.Join(", ", outcome.Samples[r].Select(IO.NumberText.Format))]);
        foreach (var (metric, value) in outcome.Metrics) table.Add([metric, IO.NumberText.Format(value)]);
        if (outcome.TotalViolation > 0) table.Add(["violates constraints by", IO.NumberText.Format(outcome.TotalViolation)]);
        table.Add(["duration", $"{outcome.Duration.TotalSeconds:0.###} s"]);
        if (outcome.Reason is { } reason) table.Add(["reason", reason]);
    }
}
