#pragma warning disable MEAI001 // The routing and failover clients of Microsoft.Extensions.AI are marked experimental; this file alone depends on them.
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Routing.Rules;

namespace Vilfredo.Inference.Routing;

/// <summary>
/// A chat client that sends each request to the client which a router and a rule choose, and to the next one of the rule's order when that fails before anything of its answer was passed on.
/// It keeps count of the requests under way and of the seconds that each client takes, for rules that look at load and latency. For applications without strategies, budgets and accounts; in evaluations and servers it is the strategy <c>router</c>.
/// </summary>
public sealed class RoutedChatClient : FailoverChatClient
{
    /// <summary>How much of a new latency enters the mean.</summary>
    private const double Freshness = 0.2;

    private readonly IRouter _router;
    private readonly RoutingRule _rule;
    private readonly IReadOnlyList<IChatClient> _clients;
    private readonly CandidateMeasure[] _measures;
    private readonly bool _leavesOpen;
    private readonly ConditionalWeakTable<RoutingContext, Queue<int>> _orders = [];
    private readonly Lock _lock = new();

    /// <summary>A routed client.</summary>
    /// <param name="router">Predicts.</param>
    /// <param name="rule">Decides.</param>
    /// <param name="candidates">The clients with what is known of them, in the order of the router; all different.</param>
    /// <param name="leavesOpen">Whether the clients stay the caller's when this one is disposed.</param>
    /// <exception cref="ArgumentException">The candidates are not the router's, two clients are the same, or the rule names a candidate that is not there.</exception>
    public RoutedChatClient(IRouter router, RoutingRule rule, IReadOnlyList<(IChatClient Client, CandidateMeasure Measure)> candidates, bool leavesOpen = false)
    {
        ArgumentNullException.ThrowIfNull(router);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(candidates);
        if (!router.Candidates.SequenceEqual(candidates.Select(candidate => candidate.Measure.Name)))
            throw new ArgumentException($"The router chooses between {string.Join(", ", router.Candidates)}, but the candidates are {string.Join(", ", candidates.Select(candidate => candidate.Measure.Name))}.", nameof(candidates));
        if (candidates.Select(candidate => candidate.Client).Distinct(ReferenceEqualityComparer.Instance).Count() < candidates.Count)
            throw new ArgumentException("Two candidates have the same client; give each a client of its own.", nameof(candidates));
        (_router, _rule, _clients, _measures, _leavesOpen) = (router, rule, [.. candidates.Select(candidate => candidate.Client)], [.. candidates.Select(candidate => candidate.Measure)], leavesOpen);
        try
        {
            rule.Check(_measures);
        }
        catch (FormatException error)
        {
            throw new ArgumentException(error.Message, nameof(rule), error);
        }

        MaximumAttemptsPerRequest = _clients.Count;
    }

    /// <summary>What is known of the candidates at this moment.</summary>
    public IReadOnlyList<CandidateMeasure> Measures
    {
        get
        {
            lock (_lock)
                return [.. _measures];
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<IChatClient> SelectClientAsync(RoutingContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!_orders.TryGetValue(context, out var order))
        {
            var prediction = await _router.PredictAsync([.. context.Messages], cancellationToken).ConfigureAwait(false);
            _orders.Add(context, order = new(_rule.Rank(prediction, Measures)));
        }

        var place = order.Dequeue();
        lock (_lock)
            _measures[place] = _measures[place] with { InFlight = _measures[place].InFlight + 1 };
        return _clients[place];
    }

    /// <inheritdoc/>
    protected override ValueTask OnRoutingUpdateAsync(RoutingContext context, FailoverChatClientAttempt attempt, bool isTerminal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var place = _clients.Index().First(pair => ReferenceEquals(pair.Item, attempt.Client)).Index;
        lock (_lock)
        {
            var before = _measures[place];
            _measures[place] = before with
            {
                InFlight = before.InFlight - 1,
                Seconds = attempt.ResponseCompleted ? before.Seconds + (Freshness * (attempt.Duration.TotalSeconds - before.Seconds)) : before.Seconds,
            };
        }

        if (isTerminal)
            _orders.Remove(context);
        return default;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_leavesOpen)
        {
            foreach (var client in _clients)
                client.Dispose();
        }

        base.Dispose(disposing);
    }
}
