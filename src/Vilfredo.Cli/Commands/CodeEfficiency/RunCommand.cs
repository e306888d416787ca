using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;
using Vilfredo.Measurement.CodeEfficiency.Running.Metering;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>The command <c>vilfredo code-efficiency run</c>.</summary>
internal static class RunCommand
{
    private const int LongestMessage = 60;

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("run", "Run one program on the tests of a problem: verdict and cost of each.")
        {
            Details = "SAMPLE is a program, or a model's answer with the program in a fenced block. The problem is JSON: {\"task_id\": \"total\", "
                + "\"entry_point\": \"Total\", \"language\": \"csharp\", \"tests\": [{\"input\": [[1, 2]], \"expected\": 3}]}; with a right program as "
                + "\"reference\", costs are held against it and tests need not say what they expect. The sample runs in a process of its own without "
                + "network, with a temporary directory, limits and, on Linux, all else read-only. A run stopped at a limit of time costs at least (>=) that.",
            Examples =
            [
                new("vilfredo code-efficiency run answer.cs --problem total.json", "Verdicts, and CPU time by the median of 5 runs"),
                new("vilfredo code-efficiency run answer.md --problem total.json --cost instructions", "Instructions, counted by valgrind"),
                new("vilfredo code-efficiency run answer.py --problem total.json --cpu-limit 2 --json", "A short limit; for machines"),
            ],
        };
        var sample = new Argument<string>("sample") { HelpName = "SAMPLE", Description = "The file of the program or answer." };
        var problem = new Option<string>("--problem") { HelpName = "FILE", Description = "The problem, JSON.", Required = true };
        command.Add(sample);
        command.Add(problem);
        var measurement = new MeasurementOptions(command);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle(async (parse, cancellation) =>
        {
            var (settings, axis) = (measurement.Settings(parse), measurement.Axis(parse));
            var file = parse.GetRequiredValue(sample);
            var read = InputFile.Open(parse.GetRequiredValue(problem), RunnableProblemFile.ReadOne);
            var source = ModelAnswer.ExtractCode(InputFile.Open(file, File.ReadAllText), read.Language);
            using var runner = new SampleRunner();
            var evaluator = new ProblemEvaluator(runner, read, settings, axis);
            var evaluation = await Guarded(() => evaluator.EvaluateAsync(source, cancellation));
            if (parse.GetValue(json)) WriteJson(terminal, evaluator, evaluation, axis);
            else WriteTable(terminal, file, evaluator, evaluation, axis);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Turns what is wrong with the problem or the machine into an error of the command.</summary>
    public static async Task<SampleEvaluation> Guarded(Func<Task<SampleEvaluation>> evaluate)
    {
        try
        {
            var evaluation = await evaluate();
            return evaluation.Run.Verdict != SampleVerdict.HostFailure ? evaluation : throw new CommandFailedException(
                $"the sample could not be run: {evaluation.Run.Calls.FirstOrDefault(call => call.Verdict == SampleVerdict.HostFailure)?.Message}", null);
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException(error.Message, "Mend the reference or the tests.");
        }
        catch (FileNotFoundException error)
        {
            throw new CommandFailedException(error.Message, null, error);
        }
    }

    private static void WriteTable(Terminal terminal, string file, ProblemEvaluator evaluator, SampleEvaluation evaluation, CostAxis axis)
    {
        var run = evaluation.Run;
        var unit = MeasurementOptions.Unit(axis);
        var hasReference = evaluator.Reference is not null;
        List<TextTable.Column> columns = [new("test", true), new("verdict"), new($"cost [{unit}]", true), new("spread", true)];
        if (hasReference) columns.AddRange([new($"reference [{unit}]", true), new("ratio", true)]);
        columns.Add(new("remark"));
        var table = new TextTable([.. columns]) { Title = $"{file} on {evaluator.Problem.Id}: {CostText.Of(run.Verdict)}" };
        for (var i = 0; i < run.Calls.Count; i++)
        {
            var (call, cost) = (run.Calls[i], evaluation.Costs[i]);
            List<string> cells = [$"{i + 1}", CostText.Of(call.Verdict), CostText.Of(cost.Cost), cost.RelativeSpread?.ToString("P0", CultureInfo.InvariantCulture) ?? "-"];
            if (hasReference) cells.AddRange([CostText.Of(evaluator.Reference!.Costs[i].Cost), Ratio(cost.Cost, evaluator.Reference.Costs[i].Cost)]);
            cells.Add(Remark(call));
            table.Add(cells);
        }

        if (hasReference)
        {
            table.Add(["all", CostText.Of(run.Verdict), CostText.Of(evaluation.TotalCost), "", CostText.Of(evaluator.Reference!.TotalCost), CostText.Of(evaluation.RelativeCost(evaluator.Reference)), ""]);
        }

        table.Write(terminal);
        foreach (var line in run.Verdict is SampleVerdict.Correct or SampleVerdict.WrongAnswer ? [] : run.Diagnostics) terminal.Output.WriteLine(line);
        if (CostText.Missing(run.Sandbox) is { } missing) terminal.Output.WriteLine(missing);
    }

    private static string Ratio(CensoredValue? cost, CensoredValue? reference)
    {
        if (cost is not { } known || reference is not { Value: > 0 } baseline) return "-";
        var ratio = known.Value / baseline.Value;
        return CostText.Of(known.IsCensored ? CensoredValue.AtLeast(ratio) : CensoredValue.Exactly(ratio));
    }

    private static string Remark(CallResult call)
    {
        var text = call.ExceptionType is { } type ? $"{type}: {call.Message}" : call.Message ?? "";
        text = text.ReplaceLineEndings(" ");
        return text.Length <= LongestMessage ? text : text[..LongestMessage] + "...";
    }

    private static void WriteJson(Terminal terminal, ProblemEvaluator evaluator, SampleEvaluation evaluation, CostAxis axis) => terminal.WriteJson(json =>
    {
        json.WriteStartObject();
        json.WriteString("problem", evaluator.Problem.Id);
        json.WriteString("verdict", evaluation.Run.Verdict.ToString());
        CostText.Write(json, "total_cost", evaluation.TotalCost);
        CostText.Write(json, "relative_cost", evaluation.RelativeCost(evaluator.Reference));
        if (evaluation.Run.PeakMemoryBytes is { } peak) json.WriteNumber("peak_memory_bytes", peak);
        CostText.WriteConditions(json, axis, evaluation.Run);
        json.WriteStartArray("tests");
        for (var i = 0; i < evaluation.Costs.Count; i++) WriteTest(json, evaluation.Run.Calls[i], evaluation.Costs[i], evaluator.Reference?.Costs[i]);
        json.WriteEndArray();
        json.WriteStartArray("diagnostics");
        foreach (var line in evaluation.Run.Diagnostics) json.WriteStringValue(line);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static void WriteTest(Utf8JsonWriter json, CallResult call, Observation cost, Observation? reference)
    {
        json.WriteStartObject();
        json.WriteString("verdict", call.Verdict.ToString());
        CostText.Write(json, "cost", cost.Cost);
        json.WriteStartArray("repetitions");
        foreach (var repetition in cost.Repetitions) json.WriteNumberValue(repetition);
        json.WriteEndArray();
        if (reference is not null) CostText.Write(json, "reference_cost", reference.Cost);
        if (call.LimitUsed is { } limit) json.WriteString("limit", limit.ToString());
        if (call.ExceptionType is not null) json.WriteString("exception", call.ExceptionType);
        if (call.Message is not null) json.WriteString("message", call.Message);
        json.WriteEndObject();
    }
}
