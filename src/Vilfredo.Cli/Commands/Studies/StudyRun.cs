using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;
using Vilfredo.Studies.Execution;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>Runs a study whose objective is a command: progress while it runs, frontier and report at its end.</summary>
internal sealed class StudyRun(Terminal terminal)
{
    private readonly Option<string?> report = new("--report") { HelpName = "DIRECTORY", Description = "Where the report goes; 'vilfredo-report' when not given." };
    private readonly Option<bool> noReport = new("--no-report") { Description = "Write no report." };
    private readonly Option<bool> json = OutputOptions.Json();

    /// <summary>Adds the options about output to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(report);
        command.Add(noReport);
        command.Add(json);
    }

    /// <summary>Runs to the end or to the user's stop, and shows what was found.</summary>
    public int Execute(ParseResult parse, Study study, CancellationToken cancellation)
    {
        // What a killed worker of this study has left running would disturb the measurements.
        OrphanSweep.KillMarked(Marker(study));
        RunSummary summary;
        using (var evaluator = new CommandEvaluator(Marker(study)))
        {
            SetUp(evaluator, study, cancellation);
            var display = new StudyProgressDisplay(terminal, study);
            summary = display.Show(progress => study.Run(evaluator, new RunOptions { Progress = progress }, cancellation));
        }

        if (parse.GetValue(json)) terminal.WriteJson(writer => StudyOutput.WriteJson(writer, study, StudyFrontier.Of(study), summary));
        else StudyOutput.Write(terminal, study);
        if (!parse.GetValue(noReport)) WriteReport(study, parse.GetValue(report) ?? "vilfredo-report");
        if (summary.IsStopped || cancellation.IsCancellationRequested)
        {
            terminal.WriteNote($"stopped after {study.Read(s => s.Finished)} trials; go on with: vilfredo resume {study.Name}");
            throw new OperationCanceledException(cancellation);
        }

        terminal.WriteNote($"ended: {summary.Reason}");
        return ExitCode.Success;
    }

    /// <summary>Writes the page and the pictures of a study, and says where.</summary>
    public void WriteReport(Study study, string directory)
    {
        var data = StudyReport.Of(study, [new ReportNote("command", $"vilfredo {string.Join(' ', Environment.GetCommandLineArgs().Skip(1))}")]);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, SafeName(study.Name));
        HtmlReport.Save(data, path + ".html");
        if (data.Points.Any(p => p.Values.Count > 0))
        {
            FrontierPlot.Save(data, path + ".svg");
            FrontierPlot.Save(data, path + ".png");
        }

        terminal.WriteNote($"report: {path}.html (also .svg, .png)");
    }

    private static void SetUp(CommandEvaluator evaluator, Study study, CancellationToken cancellation)
    {
        var command = study.Definition.Command!;
        var result = evaluator.SetUpAsync(command, cancellation).GetAwaiter().GetResult();
        if (result is null || result.Succeeded) return;
        cancellation.ThrowIfCancellationRequested();
        throw new CommandFailedException(
            $"the setup of '{study.Name}' failed: {result.Message}",
            result.LastLines.Count > 0 ? "It printed last: " + string.Join("\n  ", result.LastLines) : $"It is: {ShellQuoting.Join(command.Setup)}");
    }

    private static string Marker(Study study) => $"{study.Name}@{study.Read(s => s.History[0].Time.UtcTicks)}";

    private static string SafeName(string name) => string.Concat(name.Select(c => Path.GetInvalidFileNameChars().Contains(c) ? '_' : c));
}
