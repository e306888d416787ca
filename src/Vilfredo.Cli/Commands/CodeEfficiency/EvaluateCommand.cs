using System.CommandLine;
using Spectre.Console;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;
using Vilfredo.Measurement.CodeEfficiency.Formats;
using Vilfredo.Measurement.CodeEfficiency.Running;
using Vilfredo.Measurement.CodeEfficiency.Running.Compiling;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;
using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>The command <c>vilfredo code-efficiency evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(30);

    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("evaluate", "Run many samples on their problems: pass@k, and eff@k or costs over the references'.")
        {
            Details = "SAMPLES are JSON lines with task_id and either solution (a program, or an answer with one in a fenced block) or completion (what follows "
                + "the problem's prompt). PROBLEMS are JSON lines as for 'run', or 'library' for the program's own. Equal texts are run once. The references are "
                + "measured in the same session; one sample runs at a time, so that costs are comparable. Problems with growing inputs (a generator and sizes) "
                + "are run level by level as ENAMEL does, and scored by eff@k.",
            Examples =
            [
                new("vilfredo code-efficiency evaluate samples.jsonl --problems problems.jsonl", "A table by problem"),
                new("vilfredo code-efficiency evaluate samples.jsonl --problems problems.jsonl --repeats 1 --warm-up 0", "Mostly for pass@k"),
                new("vilfredo code-efficiency evaluate samples.jsonl --problems library", "eff@k on the program's own problems with growing inputs"),
            ],
        };
        var samples = new Argument<string>("samples") { HelpName = "SAMPLES", Description = "The samples, JSON lines (.gz too)." };
        var problems = new Option<string>("--problems") { HelpName = "FILE", Description = "The problems, JSON lines (.gz too), or 'library'.", Required = true };
        var factor = new Option<double>("--timeout-factor") { HelpName = "ALPHA", Description = "Growing inputs: the limit is this many times the reference's slowest test.", DefaultValueFactory = _ => new LevelScoreOptions().TimeoutFactor };

        command.Add(samples);
        command.Add(problems);
        command.Add(factor);
        var measurement = new MeasurementOptions(command);
        var json = OutputOptions.Json();
        command.Add(json);
        command.Handle(async (parse, cancellation) =>
        {
            var (settings, axis) = (measurement.Settings(parse), measurement.Axis(parse));
            var file = parse.GetRequiredValue(samples);
            var answers = InputFile.Open(file, CodeSampleFile.Read);
            if (answers.Count == 0) throw new UserErrorException($"{file}: there are no samples", "Give at least one line with task_id and solution.");
            var all = ReadProblems(parse.GetRequiredValue(problems)).ToDictionary(problem => problem.Id);
            if (answers.FirstOrDefault(answer => !all.ContainsKey(answer.Task)) is { } stray)
                throw new UserErrorException($"{file}: there is no problem \"{stray.Task}\"", Suggestion.For(stray.Task, [.. all.Keys]) ?? "Add it to the file of problems.");
            var asked = answers.Select(answer => all[answer.Task]).Distinct().ToList();
            using var runner = new SampleRunner();
            if (asked.Exists(problem => problem.Ladder is not null))
            {
                if (asked.Find(problem => problem.Ladder is null) is { } flat)
                    throw new UserErrorException($"problem \"{flat.Id}\" has fixed tests and others have growing inputs", "Evaluate them apart: their scores are not the same.");
                var ladder = new LadderOptions
                {
                    Axis = axis,
                    Limits = settings.Limits,
                    Repeats = measurement.ExplicitRepeats(parse) ?? new LadderOptions().Repeats,
                    Scoring = new LevelScoreOptions { TimeoutFactor = MeasurementOptions.InRange("--timeout-factor", parse.GetRequiredValue(factor), 1.01, 1000) },
                };
                var session = new LadderSession(asked.ToDictionary(problem => problem.Id, problem => Evaluator(runner, problem, ladder)));
                await Shown(terminal, answers.Count, async report =>
                {
                    foreach (var answer in answers)
                    {
                        await session.AddAsync(answer.Task, Source(answer, all[answer.Task]), cancellation);
                        report(session.Outcomes.Count);
                    }
                });
                var scores = new LadderOutput(session, ladder);
                if (parse.GetValue(json)) scores.WriteJson(terminal);
                else scores.WriteTable(terminal);
                return ExitCode.Success;
            }

            var evaluators = asked.ToDictionary(problem => problem.Id, problem => new ProblemEvaluator(runner, problem, settings, axis));
            var outcomes = new List<SampleOutcome>();
            await Shown(terminal, answers.Count, async report =>
            {
                foreach (var answer in answers)
                {
                    var evaluator = evaluators[answer.Task];
                    var evaluation = await RunCommand.Guarded(() => evaluator.EvaluateAsync(Source(answer, evaluator.Problem), cancellation));
                    outcomes.Add(new SampleOutcome(evaluator.Problem, evaluation, evaluation.RelativeCost(evaluator.Reference)));
                    report(outcomes.Count);
                }
            });
            var output = new EvaluationOutput([.. evaluators.Values], outcomes, axis);
            if (parse.GetValue(json)) output.WriteJson(terminal);
            else output.WriteTable(terminal);
            return ExitCode.Success;
        });
        return command;
    }

    private static IReadOnlyList<RunnableProblem> ReadProblems(string name) =>
        name == "library" && !File.Exists(name) ? LadderProblemFile.Library : InputFile.Open(name, RunnableProblemFile.Read);

    private static LadderEvaluator Evaluator(SampleRunner runner, RunnableProblem problem, LadderOptions options)
    {
        try
        {
            return new LadderEvaluator(runner, problem, options);
        }
        catch (ArgumentException error)
        {
            throw UserErrorException.From(problem.Id, error);
        }
    }

    private static string Source(CodeSample answer, RunnableProblem problem) =>
        answer.IsCompletion ? problem.Prompt + answer.Text : ModelAnswer.ExtractCode(answer.Text, problem.Language);

    private static async Task Shown(Terminal terminal, int total, Func<Action<int>, Task> work)
    {
        if (terminal.ErrorIsInteractive)
        {
            await terminal.ErrorConsole.Progress()
                .AutoClear(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
                .StartAsync(context =>
                {
                    var task = context.AddTask("samples", maxValue: total);
                    return work(finished => task.Value = finished);
                });
            return;
        }

        var (start, next) = (TimeProvider.System.GetTimestamp(), PlainInterval);
        await work(finished =>
        {
            var elapsed = TimeProvider.System.GetElapsedTime(start);
            if (elapsed < next) return;
            next = elapsed + PlainInterval;
            var left = elapsed * ((double)(total - finished) / finished);
            terminal.Error.WriteLine(FormattableString.Invariant($"{finished} of {total} samples, {finished / elapsed.TotalSeconds:0.##} samples/s, {left:hh\\:mm\\:ss} left"));
        });
    }
}
