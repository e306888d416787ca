using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>What an evaluation would ask, before anything is asked.</summary>
/// <param name="Points">Each point with what it takes.</param>
/// <param name="Answers">The answers in all.</param>
/// <param name="Recorded">Those that are recorded already and are not asked for.</param>
public sealed record EvaluationPlan(IReadOnlyList<PlannedPoint> Points, int Answers, int Recorded)
{
    // What instructions of a strategy may add to a prompt of a later call.
    private const int InstructionTokens = 600;

    /// <summary>The most calls; null where a strategy says no number.</summary>
    public long? Calls => Points.Any(point => point.MostCalls is null) ? null : Points.Sum(point => point.MostCalls!.Value);

    /// <summary>The most input and output tokens; null where there is no bound.</summary>
    public long? Tokens => Points.Any(point => point.MostTokens is null) ? null : Points.Sum(point => point.MostTokens!.Value);

    /// <summary>The most money; null where there is no bound or a price is not known.</summary>
    public double? Money => Points.Any(point => point.MostMoney is null) ? null : Points.Sum(point => point.MostMoney!.Value);

    /// <summary>Plans an evaluation. Of a search every point that its trials may be is as dear as the dearest.</summary>
    /// <param name="definition">What is measured.</param>
    /// <param name="tokens">Counts the tokens of a model's prompts.</param>
    /// <param name="recorded">The answers that are recorded already.</param>
    public static EvaluationPlan Of(EvaluationDefinition definition, Func<ModelDefinition, ITokenCounter> tokens, int recorded)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(tokens);
        var prompts = definition.Models.ToDictionary(
            model => model.Definition.Name,
            model =>
            {
                var counter = tokens(model.Definition);
                return definition.Problems.Sum(problem => (long)counter.Count(problem.Messages));
            }, StringComparer.Ordinal);
        var points = definition.Points.Select(point => Point(definition, point, prompts[point.Model])).ToList();
        if (definition.Search is { } search)
        {
            var dearest = points.MaxBy(point => point.MostMoney ?? point.MostTokens ?? double.PositiveInfinity)!;
            points = [.. Enumerable.Range(0, search.Trials).Select(_ => dearest)];
        }

        return new(points, points.Count * definition.Problems.Count * definition.Repeats, recorded);
    }

    private static PlannedPoint Point(EvaluationDefinition definition, EvaluatedPoint point, long promptTokens)
    {
        var plan = point.Build(_ => new UncalledChatClient()).Plan;
        long answers = (long)definition.Problems.Count * definition.Repeats;
        var perAnswer = Least(plan.Most, point.Budget.Calls);
        var written = perAnswer * definition.MaximumOutputTokens;
        // A call that waits for others may read everything that they wrote.
        var readMore = plan.Depth == 1 ? 0 : perAnswer * (written + InstructionTokens);
        var input = Least(perAnswer * promptTokens * definition.Repeats + readMore * answers, point.Budget.InputTokens * answers);
        var output = Least(written * answers, point.Budget.OutputTokens * answers);
        var total = Least(input + output, point.Budget.TotalTokens * answers);
        // At the dearest of the models that take part.
        var prices = point.OtherModels.Prepend(point.Model).Select(name => definition.Models.First(model => model.Definition.Name == name).Definition.Price).ToList();
        double? money = prices.Contains(null) ? null : prices.Max(price => (input * price!.InputPerMillion + output * price.OutputPerMillion) / 1e6);
        if (point.Budget.Money is { } most && !prices.Contains(null))
            money = Math.Min(money ?? double.PositiveInfinity, most.Amount * answers);
        return new(point, plan.Fewest * answers, perAnswer * answers, total, money);
    }

    private static long? Least(long? a, long? b) => (a, b) is ({ } x, { } y) ? Math.Min(x, y) : a ?? b;
}
