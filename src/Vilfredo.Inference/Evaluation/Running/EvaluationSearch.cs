using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Results;
using Vilfredo.Studies;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>Searches knobs with a study's sampler: each trial is a point, measured on all problems. The study is kept beside the answers.</summary>
internal sealed class EvaluationSearch(EvaluationDefinition definition, SearchSettings search, string path)
{
    public async Task<EvaluationOutcome> RunAsync(
        Func<EvaluatedPoint, int, CancellationToken, Task<(MeasuredAnswers Answers, EvaluationEnd End)>> measure,
        Func<IReadOnlyList<MeasuredAnswers>, EvaluationEnd, EvaluationOutcome> finish,
        CancellationToken cancellation)
    {
        var space = new EvaluationSpace(definition);
        var measured = new Dictionary<string, MeasuredAnswers>(StringComparer.Ordinal);
        using var storage = new SqliteStorage(path);
        using var study = Open(storage, space);
        // The answers of trials that were told are recorded: they are read, not asked for.
        foreach (var trial in study.Read(state => state.Trials.Where(trial => trial.IsFinished).ToList()))
        {
            var (answers, end) = await measure(space.PointOf(trial.Configuration), search.Trials, cancellation).ConfigureAwait(false);
            measured[answers.Point.Name] = answers;
            if (end != EvaluationEnd.Completed)
                return finish([.. measured.Values], end);
        }

        while (true)
        {
            if (cancellation.IsCancellationRequested)
                return finish([.. measured.Values], EvaluationEnd.Interrupted);
            var asked = study.Ask();
            if (!asked.TryGetTrial(out var trial))
            {
                // Only another process can have what is waited for.
                if (asked.Status != AskStatus.Wait)
                    return finish([.. measured.Values], EvaluationEnd.Completed);
                await Task.Delay(TimeSpan.FromSeconds(1), cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            var point = space.PointOf(trial.Configuration);
            var (answers, end) = await measure(point, search.Trials - trial.Number, cancellation).ConfigureAwait(false);
            measured[point.Name] = answers;
            if (end is not EvaluationEnd.Completed)
                return finish([.. measured.Values], end);
            study.Tell(trial, EvaluationStudy.OutcomeOf(definition, PointMeasures.Samples(definition, answers, answers.CompleteProblems(definition.Repeats))));
        }
    }

    private Study Open(SqliteStorage storage, EvaluationSpace space)
    {
        var wanted = new StudyDefinition
        {
            Name = definition.Name,
            Space = space.Space,
            Objectives = [.. EvaluationStudy.ObjectivesOf(definition).Select(objective => new ObjectiveDefinition(objective))],
            Sampler = search.Sampler,
            Budget = new() { Trials = search.Trials },
            Seed = unchecked((ulong)definition.Seed),
        };
        if (!storage.List().Contains(definition.Name))
            return Study.Create(wanted, storage);
        var study = Study.Open(storage, definition.Name);
        if (StudyDocument.Serialize(study.Definition) != StudyDocument.Serialize(wanted with { Seed = study.Definition.Seed }))
            study.Change(_ => wanted with { Seed = study.Definition.Seed }, "changed evaluation file");
        return study;
    }
}
