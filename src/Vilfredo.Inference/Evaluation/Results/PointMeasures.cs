using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Recording;
using Vilfredo.Inference.Evaluation.Running;
using Vilfredo.Measurement.CodeEfficiency.Estimators;

namespace Vilfredo.Inference.Evaluation.Results;

/// <summary>What answers are worth and cost, problem by problem.</summary>
internal static class PointMeasures
{
    /// <summary>The mean over the repeats of each of the first problems; null when one has none or a value is not known.</summary>
    public static double[]? PerProblem(MeasuredAnswers measured, int problems, Func<AnswerRecord, double?> value)
    {
        var means = new double[problems];
        for (var i = 0; i < problems; i++)
        {
            double sum = 0;
            if (measured.Answers[i].Count == 0)
                return null;
            foreach (var answer in measured.Answers[i])
            {
                if (value(answer) is not { } known)
                    return null;
                sum += known;
            }

            means[i] = sum / measured.Answers[i].Count;
        }

        return means;
    }

    /// <summary>The quality of each of the first problems; the accuracy where the measure is a ratio of means.</summary>
    public static double[] QualityPerProblem(MeasuredAnswers measured, int problems, QualityMeasure measure) => measure.Kind == QualityKind.PassAtK
        ? [.. measured.Answers.Take(problems).Select(answers => PassAtK.Estimate(answers.Count, answers.Count(answer => answer.IsCorrect), measure.K))]
        : PerProblem(measured, problems, answer => answer.IsCorrect ? 1 : 0)!;

    /// <summary>What an answer costs; null where it is not known.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="measure">The cost.</param>
    /// <param name="joulesPerToken">The energy of an output token of each model, by its name.</param>
    public static double? CostOf(AnswerRecord answer, CostMeasure measure, IReadOnlyDictionary<string, double>? joulesPerToken) => measure switch
    {
        CostMeasure.Money => answer.Cost,
        CostMeasure.Tokens => answer.Usage.InputTokens + answer.Usage.OutputTokens,
        CostMeasure.Latency => answer.Seconds,
        CostMeasure.CriticalPath => answer.CriticalSeconds,
        CostMeasure.CriticalTokens => answer.CriticalTokens,
        CostMeasure.IdealizedRuntime => answer.IdealizedSeconds,
        _ => joulesPerToken is null ? null : answer.OutputByModel.Keys.All(joulesPerToken.ContainsKey) ? answer.OutputByModel.Sum(model => model.Value * joulesPerToken[model.Key]) : null,
    };

    /// <summary>For each of the first problems its quality and its cost on the frontier's axes, in the user's directions.</summary>
    /// <exception cref="InvalidOperationException">The cost is not known.</exception>
    public static double[][] Samples(EvaluationDefinition definition, MeasuredAnswers measured, int problems, IReadOnlyDictionary<string, double>? joulesPerToken = null)
    {
        var quality = QualityPerProblem(measured, problems, definition.Quality);
        var cost = PerProblem(measured, problems, answer => CostOf(answer, definition.FrontierCost, joulesPerToken))
            ?? throw new InvalidOperationException($"The {EvaluationStudy.NameOf(definition.FrontierCost)} of an answer is not known.");
        return [.. quality.Zip(cost, (value, paid) => (double[])[value, paid])];
    }
}
