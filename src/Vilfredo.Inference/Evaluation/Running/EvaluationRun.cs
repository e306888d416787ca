using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Budgets;
using Vilfredo.Inference.Calls;
using Vilfredo.Inference.Catalog;
using Vilfredo.Inference.Evaluation.Definition;
using Vilfredo.Inference.Evaluation.Problems;
using Vilfredo.Inference.Evaluation.Recording;
using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>Measures an evaluation: asks every point every problem, and records each answer at once. What is recorded is not asked again.</summary>
/// <remarks>
/// The seeds of an answer depend on the evaluation's seed, the problem and the repeat, and those of its calls on their role, round and place: the first samples of a larger vote are
/// those of a smaller one, and points meet the same luck, which makes their differences sharper.
/// </remarks>
public sealed class EvaluationRun
{
    private readonly EvaluationDefinition _definition;
    private readonly EvaluationStore _store;
    private readonly EvaluationRunOptions _options;
    private readonly Dictionary<string, RecordedModel> _models;
    private readonly IReadOnlyList<EvaluationProblem> _problems;
    private readonly ConcurrentDictionary<(string Point, int Problem, int Repeat), AnswerRecord> _answers = new();
    private readonly ConcurrentDictionary<string, (IReadOnlyList<string> OtherModels, Dictionary<string, string> Knobs)> _deciding = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<FailedAnswer> _failures = new();
    private readonly BudgetLedger _total;
    private readonly RecordedSpending _spentBefore;
    private readonly long _started;
    private int _planned;
    private int _recorded;
    private int _replayed;
    private int _correct;
    private int _pointsLeft;
    private int _givenUp;
    private int _failuresInARow;
    private volatile bool _isFailing;

    private EvaluationRun(EvaluationDefinition definition, Func<ModelDefinition, IChatClient> open, EvaluationStore store, EvaluationRunOptions options)
    {
        (_definition, _store, _options) = (definition, store, options);
        _problems = definition.OrderedProblems;
        _spentBefore = store.Spent();
        _total = new(Remaining(definition.Total, _spentBefore), null, options.Time);
        _started = options.Time.GetTimestamp();
        _models = definition.Models.ToDictionary(
            model => model.Definition.Name,
            model => new RecordedModel(
                model, new LazyChatClient(() => open(model.Definition)), ModelIdentity.Of(model.Definition), store, _total, options.Tokens(model.Definition), definition.Currency, definition.SharesCalls, options.Time),
            StringComparer.Ordinal);
    }

    private bool IsOutOfBudget => _models.Values.Any(model => model.IsOutOfBudget);

    /// <summary>Runs an evaluation to its end, or to the end of its budget. An interruption ends it with what there is.</summary>
    /// <param name="definition">What is measured.</param>
    /// <param name="open">Opens a model when it is first called; its client is disposed in the end.</param>
    /// <param name="store">Where answers are kept.</param>
    /// <param name="options">Progress and the rest; null means the defaults.</param>
    /// <param name="cancellation">Interrupts it.</param>
    /// <exception cref="Vilfredo.Studies.StudyStorageException">Answers cannot be recorded.</exception>
    public static async Task<EvaluationOutcome> RunAsync(
        EvaluationDefinition definition, Func<ModelDefinition, IChatClient> open, EvaluationStore store, EvaluationRunOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(open);
        ArgumentNullException.ThrowIfNull(store);
        var run = new EvaluationRun(definition, open, store, options ?? new());
        try
        {
            return definition.Search is { } search
                ? await new EvaluationSearch(definition, search, store.Path).RunAsync(run.MeasureAsync, run.Finish, cancellation).ConfigureAwait(false)
                : await run.RunAllAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            foreach (var model in run._models.Values)
                model.Client.Dispose();
        }
    }

    /// <summary>The answers of an evaluation that are recorded, without asking anything.</summary>
    /// <param name="definition">What is measured.</param>
    /// <param name="points">The points.</param>
    /// <param name="store">Where answers are kept.</param>
    public static int CountRecorded(EvaluationDefinition definition, IReadOnlyList<EvaluatedPoint> points, EvaluationStore store)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(store);
        return Recorded(definition, points, store).Sum(point => point.Answers.Sum(answers => answers.Count));
    }

    /// <summary>The answers of an evaluation that are recorded, by point and problem, without asking anything.</summary>
    /// <param name="definition">What is measured.</param>
    /// <param name="points">The points.</param>
    /// <param name="store">Where answers are kept.</param>
    public static IReadOnlyList<MeasuredAnswers> Recorded(EvaluationDefinition definition, IReadOnlyList<EvaluatedPoint> points, EvaluationStore store)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(store);
        var run = new EvaluationRun(definition, _ => new UncalledChatClient(), store, new());
        return
        [
            .. points.Select(point => new MeasuredAnswers(
                point, [.. run._problems.Select(problem => (IReadOnlyList<AnswerRecord>)[.. Enumerable.Range(0, definition.Repeats).Select(repeat => store.FindAnswer(run.KeyOf(point, problem, repeat))).OfType<AnswerRecord>()])])),
        ];
    }

    private async Task<EvaluationOutcome> RunAllAsync(CancellationToken cancellation)
    {
        var points = _definition.Points;
        var givenUp = new Dictionary<string, (int Problems, double Probability)>(StringComparer.Ordinal);
        _planned = points.Count * _problems.Count * _definition.Repeats;
        _pointsLeft = points.Count;
        var race = _definition.Racing is { } racing ? new Race(_definition, racing, _problems.Count) : null;
        var end = EvaluationEnd.Completed;
        foreach (var (first, count) in race?.Rounds ?? [(0, _problems.Count)])
        {
            EvaluatedPoint[] active = [.. points.Where(point => !givenUp.ContainsKey(point.Name))];
            end = await AskAsync(active, first, count, cancellation).ConfigureAwait(false);
            if (end != EvaluationEnd.Completed)
                break;
            if (race is null || first + count == _problems.Count)
                continue;
            foreach (var (point, probability) in race.GiveUp([.. active.Select(point => Measured(point))], first + count))
            {
                givenUp[point] = (first + count, probability);
                _planned -= (_problems.Count - first - count) * _definition.Repeats;
            }

            (_pointsLeft, _givenUp) = (points.Count - givenUp.Count, givenUp.Count);
        }

        return Finish(
            [
                .. points.Select(point => givenUp.TryGetValue(point.Name, out var why)
                    ? Measured(point) with { GivenUpAfter = why.Problems, GivenUpWith = why.Probability }
                    : Measured(point)),
            ], end);
    }

    /// <summary>Measures one point on all problems.</summary>
    private async Task<(MeasuredAnswers Answers, EvaluationEnd End)> MeasureAsync(EvaluatedPoint point, int pointsLeft, CancellationToken cancellation)
    {
        if (_planned == 0)
            _planned = pointsLeft * _problems.Count * _definition.Repeats;
        _pointsLeft = pointsLeft;
        var end = await AskAsync([point], 0, _problems.Count, cancellation).ConfigureAwait(false);
        return (Measured(point), end);
    }

    private EvaluationOutcome Finish(IReadOnlyList<MeasuredAnswers> points, EvaluationEnd end)
    {
        var spent = _store.Spent();
        var lost = points.Where(point => point.GivenUpAfter is not null).ToList();
        return new()
        {
            Points = points,
            End = end,
            Failures = [.. _failures],
            RecordedAnswers = _recorded,
            ReplayedCalls = _replayed,
            Spent = new(spent.Calls - _spentBefore.Calls, spent.InputTokens - _spentBefore.InputTokens, spent.OutputTokens - _spentBefore.OutputTokens, spent.Amount - _spentBefore.Amount),
            SpentInAll = spent,
            Work = _store.Work(),
            SavedAnswers = lost.Sum(point => (_problems.Count - point.GivenUpAfter!.Value) * _definition.Repeats),
            SavedCalls = lost.Sum(point => (_problems.Count - point.GivenUpAfter!.Value) * _definition.Repeats * point.Answers.SelectMany(answers => answers).Average(answer => (double)answer.Calls)),
            Elapsed = _options.Time.GetElapsedTime(_started),
        };
    }

    private MeasuredAnswers Measured(EvaluatedPoint point) => new(
        point,
        [
            .. Enumerable.Range(0, _problems.Count).Select(problem => (IReadOnlyList<AnswerRecord>)[
                .. Enumerable.Range(0, _definition.Repeats).Select(repeat => _answers.GetValueOrDefault((point.Name, problem, repeat))).OfType<AnswerRecord>(),
            ]),
        ]);

    // All points of a problem before the next problem: wherever a run ends, points can be compared on the same problems.
    private async Task<EvaluationEnd> AskAsync(IReadOnlyList<EvaluatedPoint> points, int first, int count, CancellationToken cancellation)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var jobs =
            from problem in Enumerable.Range(first, count)
            from repeat in Enumerable.Range(0, _definition.Repeats)
            from point in points
            select (Point: point, Problem: problem, Repeat: repeat);
        try
        {
            await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = _definition.Concurrency, CancellationToken = stopping.Token }, async (job, token) =>
            {
                await AnswerAsync(job.Point, job.Problem, job.Repeat, token).ConfigureAwait(false);
                if (IsOutOfBudget || _isFailing)
                    await stopping.CancelAsync().ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }

        return cancellation.IsCancellationRequested ? EvaluationEnd.Interrupted
            : IsOutOfBudget ? EvaluationEnd.Budget
            : _isFailing ? EvaluationEnd.Failures
            : EvaluationEnd.Completed;
    }

    private async Task AnswerAsync(EvaluatedPoint point, int place, int repeat, CancellationToken cancellation)
    {
        var problem = _problems[place];
        var key = KeyOf(point, problem, repeat);
        if (_store.FindAnswer(key) is { } recorded)
        {
            Interlocked.Increment(ref _recorded);
            Add(point, place, repeat, recorded with { Point = point.Name, Problem = problem.Id });
            return;
        }

        // Without sharing, a scope of its own: only this answer finds its calls again, when it was interrupted.
        var scope = _definition.SharesCalls ? "" : key;
        var clients = new ConcurrentDictionary<string, RecordingChatClient>(StringComparer.Ordinal);
        RecordingChatClient Client(string name) => clients.GetOrAdd(name, _ => new RecordingChatClient(_models[name], scope, key, _definition.MaximumOutputTokens));
        var settings = new StrategySettings
        {
            Budget = point.Budget,
            Prices = _definition.Prices,
            Seed = SeedOf(problem, repeat),
            Tokens = _models[point.Model].Tokens,
            Time = _options.Time,
            AssumedOutputTokens = Math.Max(BudgetLedger.FewestOutputTokens, _definition.MaximumOutputTokens),
        };
        // Reading its files is no part of answering.
        using var strategy = new StrategyChatClient(Client(point.Model), point.Build(Client), settings);
        var stamp = _options.Time.GetTimestamp();
        AnswerRecord answer;
        try
        {
            var response = await strategy.GetResponseAsync(problem.Messages, null, cancellation).ConfigureAwait(false);
            var wall = _options.Time.GetElapsedTime(stamp);
            if (IsOutOfBudget)
                return; // What the strategy made of too few calls is not its answer.
            var grade = await problem.Grader.GradeAsync(response.Text, cancellation).ConfigureAwait(false);
            answer = RecordOf(key, point, problem, repeat, response, grade, wall, clients.Values.Sum(client => client.Replayed));
        }
        catch (StrategyFailedException error) when (error.IsOutOfBudget && !IsOutOfBudget && !cancellation.IsCancellationRequested)
        {
            answer = new()
            {
                Key = key,
                Point = point.Name,
                Problem = problem.Id,
                Repeat = repeat,
                PromptHash = problem.PromptHash,
                Recorded = _options.Time.GetUtcNow(),
                Response = "",
                Grade = Grade.IllFormed,
                StoppedBy = StopReason.Budget,
                Cost = _definition.Prices is null ? null : 0,
                Seconds = _options.Time.GetElapsedTime(stamp).TotalSeconds,
                Warnings = [error.Message],
            };
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested && error is StrategyFailedException or InvalidOperationException)
        {
            if (IsOutOfBudget)
                return;
            _failures.Enqueue(new(point.Name, problem.Id, error.Message));
            _isFailing |= Interlocked.Increment(ref _failuresInARow) >= _options.MostFailuresInARow;
            Report();
            return;
        }
        finally
        {
            Interlocked.Add(ref _replayed, clients.Values.Sum(client => client.Replayed));
        }

        await _store.RecordAsync(answer).ConfigureAwait(false);
        Interlocked.Exchange(ref _failuresInARow, 0);
        Add(point, place, repeat, answer);
    }

    private AnswerRecord RecordOf(string key, EvaluatedPoint point, EvaluationProblem problem, int repeat, ChatResponse response, Grade grade, TimeSpan wall, int replayed)
    {
        var account = StrategyAnswer.Of(response)!;
        var calls = account.Calls;
        return new()
        {
            Key = key,
            Point = point.Name,
            Problem = problem.Id,
            Repeat = repeat,
            PromptHash = problem.PromptHash,
            Recorded = _options.Time.GetUtcNow(),
            Response = response.Text,
            Grade = grade,
            StoppedBy = account.StoppedBy,
            Confidence = account.Outcome.Confidence,
            Calls = calls.Leaves.Count(),
            Usage = calls.Usage,
            ReasoningTokens = calls.ReasoningTokens,
            UsageIsEstimated = calls.UsageIsEstimated,
            CriticalTokens = calls.CriticalPathTokens,
            Cost = calls.Cost?.Amount,
            Seconds = replayed > 0 ? calls.CriticalPath.TotalSeconds : wall.TotalSeconds,
            CriticalSeconds = calls.CriticalPath.TotalSeconds,
            IdealizedSeconds = IdealizedPath.Seconds(calls, name => name is not null && _models.TryGetValue(name, out var model) ? model.Model.Profile : null),
            OutputByModel = calls.Leaves.Where(call => call.Model is not null).GroupBy(call => call.Model!, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Sum(call => call.Usage.OutputTokens), StringComparer.Ordinal),
            Warnings = account.Warnings,
        };
    }

    private void Add(EvaluatedPoint point, int problem, int repeat, AnswerRecord answer)
    {
        _answers[(point.Name, problem, repeat)] = answer;
        if (answer.IsCorrect)
            Interlocked.Increment(ref _correct);
        Report();
    }

    private void Report()
    {
        if (_options.Progress is not { } progress)
            return;
        var spent = _total.Spent;
        progress.Report(new()
        {
            Answers = _answers.Count,
            Recorded = _recorded,
            Planned = _planned,
            Failed = _failures.Count,
            Correct = _correct,
            Points = _pointsLeft,
            GivenUp = _givenUp,
            Elapsed = _options.Time.GetElapsedTime(_started),
            Calls = spent.Calls,
            Tokens = spent.InputTokens + spent.OutputTokens,
            Spent = _definition.Prices is null ? null : new(spent.Amount, _definition.Currency),
        });
    }

    private string KeyOf(EvaluatedPoint point, EvaluationProblem problem, int repeat)
    {
        var (others, knobs) = _deciding.GetOrAdd(point.Name, _ => (point.OtherModels, DecidingKnobs(point)));
        var text = JsonSerializer.Serialize(new
        {
            model = _models[point.Model].Identity,
            others = others.Order(StringComparer.Ordinal).Select(name => _models[name].Identity),
            price = (string[])[.. others.Prepend(point.Model).Select(name => _models[name].Model.Definition.Price is { } price ? $"{price.InputPerMillion:R} {price.OutputPerMillion:R} {price.CachedInputPerMillion:R} {_definition.Currency}" : "none")],
            strategy = point.Strategy,
            knobs,
            budget = point.Budget.ToString(),
            tokens = _definition.MaximumOutputTokens,
            prompt = problem.PromptHash,
            grader = problem.Grader.Fingerprint,
            seed = SeedOf(problem, repeat),
            profile = _models[point.Model].Model.Profile?.Model,
        });
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    // What is in a file decides, not where it is.
    private static Dictionary<string, string> DecidingKnobs(EvaluatedPoint point)
    {
        var files = StrategyCatalog.Find(point.Strategy)!.Knobs.Where(knob => knob.Kind == KnobKind.File).Select(knob => knob.Name).ToHashSet(StringComparer.Ordinal);
        return point.AllKnobs.ToDictionary(
            knob => knob.Key,
            knob => files.Contains(knob.Key) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(knob.Value))) : knob.Value, StringComparer.Ordinal);
    }

    private long SeedOf(EvaluationProblem problem, int repeat)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{_definition.Seed}/{problem.PromptHash}/{repeat}"));
        return BitConverter.ToInt64(hash) & long.MaxValue;
    }

    // What earlier runs spent is gone from the budget. A limit of which nothing is left still has the smallest value that a budget can have.
    private static Budget Remaining(Budget budget, RecordedSpending spent) => budget with
    {
        Calls = budget.Calls is { } calls ? Math.Max(1, calls - spent.Calls) : null,
        InputTokens = Left(budget.InputTokens, spent.InputTokens),
        OutputTokens = Left(budget.OutputTokens, spent.OutputTokens),
        TotalTokens = Left(budget.TotalTokens, spent.InputTokens + spent.OutputTokens),
        Money = budget.Money is { } money ? new Money(Math.Max(0, money.Amount - spent.Amount), money.Currency) : null,
    };

    private static long? Left(long? limit, long spent) => limit is { } most ? Math.Max(1, most - spent) : null;

    /// <summary>A client that is opened by its first call: a model whose answers are all recorded is not loaded.</summary>
    private sealed class LazyChatClient(Func<IChatClient> open) : IChatClient
    {
        private readonly Lazy<IChatClient> _client = new(open);

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            _client.Value.GetResponseAsync(messages, options, cancellationToken);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            _client.Value.GetStreamingResponseAsync(messages, options, cancellationToken);

        public object? GetService(Type serviceType, object? serviceKey = null) => _client.IsValueCreated ? _client.Value.GetService(serviceType, serviceKey) : null;

        public void Dispose()
        {
            if (_client.IsValueCreated)
                _client.Value.Dispose();
        }
    }
}
