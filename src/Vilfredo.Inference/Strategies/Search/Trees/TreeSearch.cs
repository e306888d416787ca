namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>What the searches of trees have in common: the account of nodes and trials. They differ in where they grow the tree.</summary>
/// <typeparam name="TState">What a node holds.</typeparam>
public abstract class TreeSearch<TState> : ISearchAlgorithm<TState>
{
    private readonly ulong _seed;
    private readonly List<SearchNode<TState>> _nodes;
    private readonly List<SearchTrial> _trials;
    private readonly List<List<int>> _trialsOf = [];
    private int _pending;

    /// <summary>A search that begins or goes on.</summary>
    /// <param name="state">A new one, or that of an earlier search with the same settings.</param>
    /// <exception cref="ArgumentException">The state is not that of a search.</exception>
    protected TreeSearch(SearchState<TState> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_seed, _nodes, _trials) = (state.Seed, [.. state.Nodes], [.. state.Trials]);
        if (_nodes.Count == 0 || _nodes.Index().Any(pair => pair.Item.Id != pair.Index || pair.Item.Parent >= pair.Index || (pair.Item.Parent < 0) != (pair.Index == 0)))
            throw new ArgumentException("The nodes are not numbered 0, 1, 2 and so on, the root first and parents before their children.", nameof(state));
        if (_trials.Index().Any(pair => pair.Item.Id != pair.Index || pair.Item.Parent < 0 || pair.Item.Parent >= _nodes.Count || pair.Item.Node >= _nodes.Count))
            throw new ArgumentException("The trials are not numbered 0, 1, 2 and so on, or name nodes that are not there.", nameof(state));
        _trialsOf.AddRange(_nodes.Select(_ => new List<int>()));
        foreach (var trial in _trials)
            _trialsOf[trial.Parent].Add(trial.Id);
        _pending = _trials.Count(trial => trial.IsPending);
    }

    /// <inheritdoc/>
    public SearchState<TState> State => new(_seed, [.. _nodes], [.. _trials]);

    /// <inheritdoc/>
    public bool IsDone => _pending == 0 && Next(new(_seed, (ulong)_trials.Count)) is null;

    /// <summary>The nodes.</summary>
    protected IReadOnlyList<SearchNode<TState>> Nodes => _nodes;

    /// <summary>The trials.</summary>
    protected IReadOnlyList<SearchTrial> Trials => _trials;

    /// <inheritdoc/>
    public IReadOnlyList<SearchTrial> Ask(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var asked = new List<SearchTrial>();
        // Each decision has a stream of its own, so that the state needs no generator in it.
        while (asked.Count < count && Next(new(_seed, (ulong)_trials.Count)) is var (parent, action))
        {
            var trial = new SearchTrial(_trials.Count, parent, action);
            _trials.Add(trial);
            _trialsOf[parent].Add(trial.Id);
            _pending++;
            asked.Add(trial);
        }

        return asked;
    }

    /// <inheritdoc/>
    public bool Tell(int trial, SearchResult<TState>? result)
    {
        if (trial < 0 || trial >= _trials.Count)
            throw new ArgumentOutOfRangeException(nameof(trial), trial, $"There is no trial {trial}; there are {_trials.Count}, from 0.");
        if (result?.Score is { } score && !(score is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(result), score, "A score is from 0 to 1, or left out where it is not known.");
        var told = _trials[trial];
        if (!told.IsPending)
            return false;
        _pending--;
        if (result is null)
        {
            _trials[trial] = told with { HasFailed = true };
            return true;
        }

        _trials[trial] = told with { Node = _nodes.Count };
        _nodes.Add(new(_nodes.Count, told.Parent, _nodes[told.Parent].Depth + 1, told.Action, result.State, result.Score, result.IsTerminal));
        _trialsOf.Add([]);
        return true;
    }

    /// <summary>Where the tree is to grow next; null where it is finished or results must be told first.</summary>
    /// <param name="random">The stream of this decision.</param>
    protected abstract (int Parent, int Action)? Next(RandomGenerator random);

    /// <summary>The trials at a node, in the order of asking.</summary>
    protected IEnumerable<SearchTrial> TrialsOf(int node) => _trialsOf[node].Select(trial => _trials[trial]);

    /// <summary>The number of trials at a node, failed ones included, so that a place that always fails is not asked for for ever.</summary>
    protected int CountOf(int node) => _trialsOf[node].Count;

    /// <summary>The children of a node, in the order of asking.</summary>
    protected IEnumerable<SearchNode<TState>> ChildrenOf(int node) => TrialsOf(node).Where(trial => trial.Node is not null).Select(trial => _nodes[trial.Node!.Value]);

    /// <summary>A stream that is not one of a decision.</summary>
    /// <param name="purpose">What it is for, from 0; below 2³².</param>
    protected RandomGenerator StreamFor(int purpose) => new(_seed, (1UL << 32) + (ulong)purpose);
}
