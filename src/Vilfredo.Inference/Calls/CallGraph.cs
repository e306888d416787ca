using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.Calls;

/// <summary>All calls that one answer took, with what each waited for: the account that budgets, prices and latencies are read from.</summary>
/// <remarks>Two budgets of Madaan et al. (arXiv 2510.01123) are sums over it: all tokens (<see cref="TotalTokens"/>, what is paid) and the tokens of the longest path (<see cref="CriticalPathTokens"/>, what is waited for).</remarks>
public sealed class CallGraph
{
    /// <summary>A graph without calls.</summary>
    public static readonly CallGraph Empty = new([]);

    private readonly Lazy<long> _criticalTokens;
    private readonly Lazy<TimeSpan> _criticalTime;

    /// <summary>A graph of calls.</summary>
    /// <param name="calls">In the order of their numbers, which are 0, 1, 2, ...; parents have smaller numbers.</param>
    /// <exception cref="ArgumentException">The numbers are others, or a parent comes after its child.</exception>
    public CallGraph(IReadOnlyList<CallRecord> calls)
    {
        ArgumentNullException.ThrowIfNull(calls);
        foreach (var (place, call) in calls.Index())
        {
            if (call.Id != place)
                throw new ArgumentException($"The call at place {place} has the number {call.Id}; calls are numbered 0, 1, 2 and so on.", nameof(calls));
            if (call.Parents.Any(parent => parent < 0 || parent >= place))
                throw new ArgumentException($"Call {place} has the parents {string.Join(", ", call.Parents)}; parents come before their children.", nameof(calls));
        }

        Calls = calls;
        _criticalTokens = new(() => LongestPath(Calls, call => call.Inner?.CriticalPathTokens ?? call.Usage.InputTokens + call.Usage.OutputTokens, 0L, Math.Max, (a, b) => a + b));
        _criticalTime = new(() => LongestPath(Calls, call => call.Duration, TimeSpan.Zero, (a, b) => a > b ? a : b, (a, b) => a + b));
    }

    /// <summary>The calls.</summary>
    public IReadOnlyList<CallRecord> Calls { get; }

    /// <summary>The calls of models, those inside nested strategies included and the nested strategies themselves not.</summary>
    public IEnumerable<CallRecord> Leaves => Calls.SelectMany(call => call.Inner?.Leaves ?? [call]);

    /// <summary>The tokens of all calls.</summary>
    public TokenUsage Usage => Calls.Aggregate(new TokenUsage(), (sum, call) => sum + call.Usage);

    /// <summary>Input and output tokens of all calls: B_total.</summary>
    public long TotalTokens => Usage.InputTokens + Usage.OutputTokens;

    /// <summary>The reasoning tokens of all calls.</summary>
    public long ReasoningTokens => Calls.Sum(call => call.ReasoningTokens);

    /// <summary>The largest number of input and output tokens along a path of calls that waited for each other: B_seq.</summary>
    public long CriticalPathTokens => _criticalTokens.Value;

    /// <summary>The longest time along a path of calls that waited for each other: what was waited for if every call could run at once.</summary>
    public TimeSpan CriticalPath => _criticalTime.Value;

    /// <summary>The largest number of tokens that one call held, input and output.</summary>
    public long LargestContext => Leaves.Select(call => call.Usage.InputTokens + call.Usage.OutputTokens).DefaultIfEmpty().Max();

    /// <summary>What all calls cost; null when one has no cost or there is none.</summary>
    public Money? Cost => Calls.Count == 0 || Calls.Any(call => call.Cost is null)
        ? null
        : Calls.Skip(1).Aggregate(Calls[0].Cost!.Value, (sum, call) => sum + call.Cost!.Value);

    /// <summary>Whether a call's tokens were counted by us.</summary>
    public bool UsageIsEstimated => Calls.Any(call => call.UsageIsEstimated);

    /// <summary>The mean tokens of a sibling, summed over rounds: the path of a typical call (dossier of Parallel-Distill-Refine, MeanPath).</summary>
    public double MeanPathTokens => Calls
        .GroupBy(call => (call.Round, call.Role))
        .Sum(siblings => siblings.Average(call => (double)(call.Usage.InputTokens + call.Usage.OutputTokens)));

    private static T LongestPath<T>(IReadOnlyList<CallRecord> calls, Func<CallRecord, T> weight, T zero, Func<T, T, T> max, Func<T, T, T> add)
    {
        var until = new T[calls.Count];
        var longest = zero;
        foreach (var call in calls)
        {
            until[call.Id] = add(call.Parents.Aggregate(zero, (most, parent) => max(most, until[parent])), weight(call));
            longest = max(longest, until[call.Id]);
        }

        return longest;
    }
}
