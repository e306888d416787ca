using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Inference.Evaluation.Running;

namespace Vilfredo.Inference.Routing.Records;

/// <summary>Prompts by candidates: what each candidate's answers to each prompt were worth and cost, as means over repeats. What routers are trained on and judged by.</summary>
public sealed class RoutingTable
{
    private RoutingTable(IReadOnlyList<string> candidates, IReadOnlyList<RoutedPrompt> prompts, double[][] quality, double[][] cost, double[][] seconds, double[][] confidence) =>
        (Candidates, Prompts, Quality, Cost, Seconds, Confidence) = (candidates, prompts, quality, cost, seconds, confidence);

    /// <summary>The names of the candidates.</summary>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>The prompts.</summary>
    public IReadOnlyList<RoutedPrompt> Prompts { get; }

    /// <summary>For each prompt the quality of each candidate, in [0, 1]; NaN where it did not answer.</summary>
    public IReadOnlyList<double[]> Quality { get; }

    /// <summary>For each prompt the cost of each candidate; NaN where it is not known.</summary>
    public IReadOnlyList<double[]> Cost { get; }

    /// <summary>For each prompt the seconds of each candidate; NaN where they are not known.</summary>
    public IReadOnlyList<double[]> Seconds { get; }

    /// <summary>For each prompt how sure each candidate was; NaN where it does not say.</summary>
    public IReadOnlyList<double[]> Confidence { get; }

    /// <summary>The table of some records; prompts and candidates stand in the order in which they first come.</summary>
    /// <param name="records">The records, at least one.</param>
    /// <exception cref="ArgumentException">There are none, or a quality is outside [0, 1].</exception>
    public static RoutingTable Of(IEnumerable<RoutingRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        List<RoutingRecord> all = [.. records];
        if (all.Count == 0)
            throw new ArgumentException("There are no records; give at least one answer.", nameof(records));
        if (all.Find(record => !(record.Quality is >= 0 and <= 1)) is { } wrong)
            throw new ArgumentException($"The quality of '{wrong.Candidate}' on prompt '{wrong.Prompt.Id}' is {wrong.Quality}; it must be from 0 to 1.", nameof(records));
        List<string> candidates = [.. all.Select(record => record.Candidate).Distinct(StringComparer.Ordinal)];
        var prompts = all.GroupBy(record => record.Prompt.Id, StringComparer.Ordinal).ToList();
        return new(candidates, [.. prompts.Select(group => group.First().Prompt)], Means(record => record.Quality), Means(record => record.Cost), Means(record => record.Seconds), Means(record => record.Confidence));

        double[][] Means(Func<RoutingRecord, double> value) =>
        [
            .. prompts.Select(group =>
            {
                var byCandidate = group.ToLookup(record => record.Candidate, value, StringComparer.Ordinal);
                return (double[])[.. candidates.Select(candidate => byCandidate[candidate].DefaultIfEmpty(double.NaN).Average())];
            }),
        ];
    }

    /// <summary>The table of an evaluation's answers.</summary>
    /// <param name="definition">What was measured.</param>
    /// <param name="answers">The answers of its points, such as <see cref="EvaluationRun.Recorded"/> gives; points without any are left out.</param>
    /// <param name="cost">What counts as cost.</param>
    /// <exception cref="ArgumentException">No point has an answer.</exception>
    public static RoutingTable Of(EvaluationDefinition definition, IReadOnlyList<MeasuredAnswers> answers, CostMeasure cost)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(answers);
        var problems = definition.OrderedProblems;
        return Of(
            from point in answers
            from pair in problems.Zip(point.Answers)
            from answer in pair.Second
            select new RoutingRecord(new(pair.First.PromptHash, pair.First.Messages), point.Point.Name, answer.IsCorrect ? 1 : 0)
            {
                Cost = PointMeasures.CostOf(answer, cost, null) ?? double.NaN,
                Seconds = answer.Seconds,
                Confidence = answer.Confidence ?? double.NaN,
            });
    }

    /// <summary>The prompts of which something holds.</summary>
    public RoutingTable Where(Func<RoutedPrompt, bool> holds) => Rows([.. Enumerable.Range(0, Prompts.Count).Where(i => holds(Prompts[i]))]);

    /// <summary>The prompts that every candidate has answered at a known cost: on the others they cannot be compared.</summary>
    public RoutingTable Complete() => Rows([.. Enumerable.Range(0, Prompts.Count).Where(i => Quality[i].Concat(Cost[i]).All(double.IsFinite))]);

    /// <summary>Some of the candidates, in another order if wanted.</summary>
    /// <param name="names">Their names.</param>
    /// <exception cref="ArgumentException">There is no candidate of a name; the message says which there are.</exception>
    public RoutingTable Of(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var places = names.Select(name => Enumerable.Range(0, Candidates.Count).FirstOrDefault(place => Candidates[place] == name, -1)).ToArray();
        if (Array.IndexOf(places, -1) is >= 0 and var missing)
            throw new ArgumentException($"There is no candidate '{names[missing]}' in the records; there are {string.Join(", ", Candidates)}.", nameof(names));
        return new(names, Prompts, Columns(Quality), Columns(Cost), Columns(Seconds), Columns(Confidence));

        double[][] Columns(IReadOnlyList<double[]> rows) => [.. rows.Select(row => (double[])[.. places.Select(place => row[place])])];
    }

    /// <summary>The mean over the prompts of a candidate's values that are known; NaN when none is.</summary>
    public static double MeanOf(IReadOnlyList<double[]> values, int candidate)
    {
        ArgumentNullException.ThrowIfNull(values);
        return values.Select(row => row[candidate]).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }

    private RoutingTable Rows(int[] places) => new(
        Candidates, [.. places.Select(i => Prompts[i])], [.. places.Select(i => Quality[i])], [.. places.Select(i => Cost[i])], [.. places.Select(i => Seconds[i])], [.. places.Select(i => Confidence[i])]);
}
