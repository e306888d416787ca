using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.IO;
using Vilfredo.Measurement.Footprint.Carbon;
using Vilfredo.Measurement.Footprint.Power;
using Vilfredo.Measurement.Footprint.Tracking;

namespace Vilfredo.Cli.Commands.Footprint;

/// <summary>The command <c>vilfredo track</c>.</summary>
internal static class TrackCommand
{
    private const string Process = "process";
    private const string Machine = "machine";

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("track", "Run a command and report its energy, greenhouse gases and water.")
        {
            Details = "The command runs as if called directly: its output is untouched, signals are passed on, and its exit code is that of vilfredo "
                + "(127 when there is no such command, 126 when it cannot be run). The report goes to standard error, and to the files of --csv and "
                + "--json. Energy is measured where the machine has counters (RAPL, NVML) and estimated by a stated model where not; every line says "
                + "which. Nothing is looked up online. What the command starts counts too.",
            Examples =
            [
                new("vilfredo track --location DEU --tdp 65 -- python train.py --epochs 3", "Energy and CO2e of a training run"),
                new("vilfredo track --scope machine --pue 1.2 --csv runs.csv --name base -- ./job.sh", "Everything on a server; a line per run"),
                new("vilfredo track --intensity-file grid.csv --embodied-kg 1000 -- make", "A grid that changes by the hour, a machine whose making is known"),
            ],
        };
        var line = new Argument<string[]>("command") { HelpName = "-- COMMAND", Description = "The program and its arguments.", Arity = ArgumentArity.OneOrMore };
        var scope = new Option<string>("--scope")
        {
            HelpName = "process|machine",
            Description = "process: the command's share by processor time; machine: all that runs meanwhile.",
            DefaultValueFactory = _ => Process,
        };
        scope.AcceptOnlyFromAmong(Process, Machine);
        var interval = new Option<double>("--interval") { HelpName = "S", Description = "Seconds between samples.", DefaultValueFactory = _ => FootprintOptions.DefaultInterval.TotalSeconds };
        var csv = new Option<string?>("--csv") { HelpName = "FILE", Description = "Add a line to this file." };
        var json = new Option<string?>("--json") { HelpName = "FILE", Description = "Write the report to this file." };
        var name = new Option<string?>("--name") { HelpName = "TEXT", Description = "What the run is called in the files; the command unless given." };
        var quiet = new Option<bool>("--quiet") { Description = "Write nothing to standard error." };
        command.Add(line);
        var grid = new GridOptions(command, hasSeries: true);
        var machine = new MachineOptions(command);
        foreach (var option in new Option[] { scope, interval, csv, json, name, quiet }) command.Add(option);
        command.Handle(parse =>
        {
            var what = parse.GetRequiredValue(scope) == Machine ? FootprintScope.Machine : FootprintScope.Process;
            var activity = ProcessTreeActivity.OfChildren();
            var options = new FootprintOptions
            {
                Scope = what,
                Facility = grid.Facility(parse),
                Intensity = grid.Source(parse, out var isAssumed),
                Embodied = machine.Embodied(parse, activity.Processors),
            };
            if (isAssumed) options = options with { Assumptions = ["the grid was not stated: the world's average is taken; state it with --location"] };
            var seconds = parse.GetRequiredValue(interval);
            if (seconds is not (>= 0.01 and <= 86400)) throw new UserErrorException(string.Create(CultureInfo.InvariantCulture, $"--interval: {seconds} s is outside 0.01 to 86400"));
            options = options with { Interval = TimeSpan.FromSeconds(seconds) };
            var meters = machine.Meters(parse, what, activity.Processors);
            var arguments = parse.GetRequiredValue(line);
            if (!OperatingSystem.IsLinux())
                throw new CommandFailedException("vilfredo track observes processes on Linux only", "Elsewhere measure your own process with FootprintMeter, or estimate with vilfredo footprint compute.");
            var run = new Run(terminal, parse.GetValue(name) ?? string.Join(' ', arguments), parse.GetValue(csv), parse.GetValue(json), parse.GetValue(quiet));
            return run.Execute(arguments, options, activity, meters);
        });
        return command;
    }

    private sealed record Run(Terminal Terminal, string Name, string? Csv, string? Json, bool Quiet)
    {
        public int Execute(string[] arguments, FootprintOptions options, ProcessTreeActivity activity, EnergyMeters meters)
        {
            using var command = new TrackedCommand(arguments);
            using var meter = new FootprintMeter(options, activity, meters);
            var exitCode = command.Run(out var problem);
            if (problem.Length > 0)
            {
                Terminal.WriteError(problem, "Name a program that is in PATH, or its path.");
                return exitCode;
            }

            try
            {
                var report = meter.Stop();
                if (Csv is not null) FootprintCsv.Append(Csv, Name, report);
                if (Json is not null) AtomicFile.Write(Json, stream => WriteJson(stream, report));
                if (!Quiet) FootprintTable.Write(Terminal, Name, report);
                return exitCode;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or InputFormatException or InvalidDataException)
            {
                // The command has run: its own failure is not hidden by that of the report.
                Terminal.WriteError($"the command has ended with exit code {exitCode}, but its footprint is lost: {error.Message}", null);
                return exitCode != ExitCode.Success ? exitCode : ExitCode.Failure;
            }
        }

        private void WriteJson(Stream stream, FootprintReport report)
        {
            using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) FootprintJson.Write(json, Name, report);
            stream.WriteByte((byte)'\n');
        }
    }
}
