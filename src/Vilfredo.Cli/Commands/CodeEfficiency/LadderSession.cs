using Vilfredo.Cli.Errors;
using Vilfredo.Measurement.CodeEfficiency.Estimators;
using Vilfredo.Measurement.CodeEfficiency.Running.Ladders;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>Samples of problems with growing inputs, evaluated one after the other.</summary>
/// <param name="evaluators">An evaluator for every problem that has samples, by the problem's name.</param>
internal sealed class LadderSession(IReadOnlyDictionary<string, LadderEvaluator> evaluators)
{
    private readonly List<(LadderEvaluator Evaluator, LadderEvaluation Evaluation)> outcomes = [];

    /// <summary>The problems, in the order of their first samples.</summary>
    public IEnumerable<LadderEvaluator> Evaluators => outcomes.Select(outcome => outcome.Evaluator).Distinct();

    /// <summary>The samples, in their order.</summary>
    public IReadOnlyList<(LadderEvaluator Evaluator, LadderEvaluation Evaluation)> Outcomes => outcomes;

    /// <summary>Evaluates the next sample.</summary>
    public async Task AddAsync(string problem, string source, CancellationToken cancellation)
    {
        var evaluator = evaluators[problem];
        try
        {
            outcomes.Add((evaluator, await evaluator.EvaluateAsync(source, cancellation)));
        }
        catch (InvalidDataException error)
        {
            throw new UserErrorException(error.Message, "Mend the generator or the reference.");
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidOperationException)
        {
            throw new CommandFailedException(error.Message, null, error);
        }
    }

    /// <summary>The evaluations of a problem's samples.</summary>
    public IEnumerable<LadderEvaluation> Of(LadderEvaluator evaluator) =>
        outcomes.Where(outcome => outcome.Evaluator == evaluator).Select(outcome => outcome.Evaluation);

    /// <summary>eff@k and pass@k for every k that all problems have samples for.</summary>
    public IReadOnlyList<EfficiencyPoint> Curve(IReadOnlyList<int> sizes)
    {
        var problems = Evaluators.Select(evaluator =>
        {
            var own = Of(evaluator).ToList();
            return new ProblemScores(evaluator.Problem.Id, [.. own.Select(evaluation => evaluation.Score.Score)], own.Count(evaluation => evaluation.Score.Passed));
        }).ToList();
        return EfficiencyAtK.Evaluate(problems, sizes, new RandomGenerator(1));
    }
}
