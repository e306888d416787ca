using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Statistics;

namespace Vilfredo.Inference.Agents.Assembly;

/// <summary>
/// Varies the components of a system one at a time around a default, and assembles the configuration in which each has the option with the lowest cost of pass among those
/// that lose little accuracy (Wang et al., "Efficient Agents", arXiv 2508.02694, dossier 3.4).
/// </summary>
/// <remarks>
/// Choosing and reporting on the same tasks flatters: choose on some, and measure what was assembled on others. Components are taken to add up; that the assembled configuration keeps what its
/// parts promise is for that second measurement to show.
/// </remarks>
/// <typeparam name="TConfiguration">The configuration, such as <see cref="AgentConfiguration"/>.</typeparam>
/// <typeparam name="TTask">The tasks.</typeparam>
public sealed class ComponentStudy<TConfiguration, TTask>
{
    private readonly TConfiguration _defaults;
    private readonly IReadOnlyList<StudyComponent<TConfiguration>> _components;
    private readonly Func<TConfiguration, TTask, CancellationToken, Task<Attempt>> _attempt;

    /// <summary>A study.</summary>
    /// <param name="defaults">The configuration that components are varied around.</param>
    /// <param name="components">What is varied; at least one component, each with at least one option.</param>
    /// <param name="attempt">Tries a task with a configuration, and says what it cost, everything included, and whether it passed.</param>
    public ComponentStudy(TConfiguration defaults, IReadOnlyList<StudyComponent<TConfiguration>> components, Func<TConfiguration, TTask, CancellationToken, Task<Attempt>> attempt)
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentNullException.ThrowIfNull(attempt);
        if (components.Count == 0 || components.Any(component => component.Options.Count == 0))
            throw new ArgumentException("A study varies at least one component, and each has at least one option beside the default.", nameof(components));
        if (components.GroupBy(component => component.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two components are called '{twice.Key}'; give each a name of its own.", nameof(components));
        foreach (var component in components)
        {
            if (component.Options.GroupBy(option => option.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } repeated)
                throw new ArgumentException($"The component '{component.Name}' has two options called '{repeated.Key}'; give each a name of its own.", nameof(components));
        }

        (_defaults, _components, _attempt) = (defaults, components, attempt);
    }

    /// <summary>The most attempts under way at once, at least 1.</summary>
    public int Concurrency { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Concurrency), value, "At least one attempt must be allowed at a time."); } = 4;

    /// <summary>Measures the default and every option by itself, all on the same tasks.</summary>
    /// <param name="tasks">At least one.</param>
    /// <param name="random">Draws the resamples of the intervals.</param>
    /// <param name="progress">Told of every configuration when it is measured.</param>
    /// <param name="cancellation">Ends the study.</param>
    public async Task<ComponentReport> OneAtATimeAsync(IReadOnlyList<TTask> tasks, RandomGenerator random, IProgress<OptionResult>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(random);
        if (tasks.Count == 0)
            throw new ArgumentException("There is no task to measure on; give at least one.", nameof(tasks));
        var plain = await MeasureAsync(_defaults, tasks, cancellation).ConfigureAwait(false);
        var start = Result(null, null, plain, plain, random);
        progress?.Report(start);
        var options = new List<OptionResult>();
        foreach (var component in _components)
        {
            foreach (var option in component.Options)
            {
                var attempts = await MeasureAsync(option.Apply(_defaults), tasks, cancellation).ConfigureAwait(false);
                options.Add(Result(component.Name, option.Name, attempts, plain, random));
                progress?.Report(options[^1]);
            }
        }

        return new(start, options);
    }

    /// <summary>Tries every task with a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="tasks">The tasks.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The attempts, in the order of the tasks.</returns>
    public async Task<IReadOnlyList<Attempt>> MeasureAsync(TConfiguration configuration, IReadOnlyList<TTask> tasks, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var attempts = new Attempt[tasks.Count];
        await Parallel.ForAsync(
            0, tasks.Count, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellation },
            async (place, token) => attempts[place] = await _attempt(configuration, tasks[place], token).ConfigureAwait(false)).ConfigureAwait(false);
        return attempts;
    }

    /// <summary>The configuration in which each component has the option that <see cref="ComponentReport.Choose"/> takes.</summary>
    /// <param name="report">What <see cref="OneAtATimeAsync"/> measured.</param>
    /// <param name="tolerance">The accuracy that each option may lose, in points of a hundred.</param>
    public TConfiguration Assemble(ComponentReport report, double tolerance = 2)
    {
        ArgumentNullException.ThrowIfNull(report);
        return _components.Aggregate(_defaults, (assembled, component) =>
            report.Choose(component.Name, tolerance).Option is { } chosen ? component.Options.First(option => option.Name == chosen).Apply(assembled) : assembled);
    }

    private static OptionResult Result(string? component, string? option, IReadOnlyList<Attempt> attempts, IReadOnlyList<Attempt> plain, RandomGenerator random)
    {
        var cost = CostOfPass.Pooled(attempts, random);
        var (own, others) = (Passes(attempts), Passes(plain));
        var difference = Descriptive.Mean(own) - Descriptive.Mean(others);
        var (lower, upper) = (difference, difference);
        if (component is not null)
        {
            var interval = Bootstrap.Paired(own, others, (x, y) => Descriptive.Mean(x) - Descriptive.Mean(y), random);
            (lower, upper) = (interval.Lower, interval.Upper);
        }

        return new(component, option, attempts, cost, difference, lower, upper);
    }

    private static double[] Passes(IReadOnlyList<Attempt> attempts) => [.. attempts.Select(attempt => attempt.Passed ? 1.0 : 0.0)];
}
