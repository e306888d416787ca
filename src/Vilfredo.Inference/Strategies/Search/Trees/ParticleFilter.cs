namespace Vilfredo.Inference.Strategies.Search.Trees;

/// <summary>Particle filtering over steps (Puri et al., arXiv 2502.01618): particles grow by a step each, and are then drawn anew in proportion to the odds of their scores, (r / (1 − r))^(1/T), which is the softmax of the scores' logits.</summary>
/// <remarks>
/// The draw is systematic (one uniform number for all particles) where the paper draws independently: the expected numbers are the same with less variance, and with equal weights every particle survives once, so that the filter is plain sampling.
/// Scores are held within [ε, 1 − ε] before their odds are taken. Particles without a score count as one half; those whose step failed are not drawn. Finished particles take part in the draws and do not grow.
/// </remarks>
/// <typeparam name="TState">What a node holds.</typeparam>
public sealed class ParticleFilter<TState> : TreeSearch<TState>
{
    private readonly int _particles;
    private readonly int _depth;
    private readonly double _temperature;
    private readonly double _margin;

    /// <summary>A filter.</summary>
    /// <param name="state">Where it begins.</param>
    /// <param name="particles">The number of particles, at least 1.</param>
    /// <param name="depth">The most steps of one, at least 1.</param>
    /// <param name="temperature">T, positive.</param>
    /// <param name="margin">ε, in (0, ½).</param>
    public ParticleFilter(SearchState<TState> state, int particles = 4, int depth = 32, double temperature = 1, double margin = 0.01)
        : base(state)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(particles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        if (!(margin is > 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "The margin is above 0 and below one half.");
        (_particles, _depth, _temperature, _margin) = (particles, depth, temperature, margin);
    }

    /// <summary>The particles now: before the draw that follows their last step. Null for one whose step failed or is under way.</summary>
    public IReadOnlyList<SearchNode<TState>?> Particles => Walk().Particles;

    /// <summary>The weight of a node in a draw; 0 for none.</summary>
    public double WeightOf(SearchNode<TState>? node)
    {
        if (node is null)
            return 0;
        var score = Math.Clamp(node.Score ?? LevelSearch<TState>.Unknown, _margin, 1 - _margin);
        return Math.Pow(score / (1 - score), 1 / _temperature);
    }

    /// <inheritdoc/>
    protected override (int Parent, int Action)? Next(RandomGenerator random) => Walk().Next;

    private (IReadOnlyList<SearchNode<TState>?> Particles, (int Parent, int Action)? Next) Walk()
    {
        var particles = Enumerable.Repeat<SearchNode<TState>?>(Nodes[0], _particles).ToArray();
        for (var step = 0; step < _depth && particles.Any(node => node is { IsTerminal: false }); step++)
        {
            var grown = new SearchNode<TState>?[_particles];
            var isWaiting = false;
            for (var particle = 0; particle < _particles; particle++)
            {
                if (particles[particle] is not { } node)
                    continue;
                if (node.IsTerminal)
                {
                    grown[particle] = node;
                    continue;
                }

                // Particles of one node differ in their numbers.
                if (TrialsOf(node.Id).FirstOrDefault(trial => trial.Action == particle) is not { } trial)
                    return (particles, (node.Id, particle));
                isWaiting |= trial.IsPending;
                grown[particle] = trial.Node is { } child ? Nodes[child] : null;
            }

            var weights = grown.Select(WeightOf).ToList();
            if (isWaiting || weights.Sum() <= 0)
                return (isWaiting ? grown : particles, null);
            particles = grown;
            if (step + 1 == _depth || grown.All(node => node is null or { IsTerminal: true }))
                break;
            particles = [.. SystematicResampling.Draw(weights, _particles, StreamFor(step).NextDouble()).Select(place => grown[place])];
        }

        return (particles, null);
    }
}
