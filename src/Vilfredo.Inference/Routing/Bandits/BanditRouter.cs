using Microsoft.Extensions.AI;
using Vilfredo.Inference.Routing.Featurization;

namespace Vilfredo.Inference.Routing.Bandits;

/// <summary>A router that learns while it is used, from the qualities of the answers that were given: a user's verdict, a test that passed. Thread-safe.</summary>
/// <remarks>Its qualities are the bandit's values, clipped to [0, 1]: optimistic or drawn, so that every candidate is tried. With a <see cref="Rules.UtilityRule"/> it explores quality less cost; of equal values the cheaper candidate answers.</remarks>
public sealed class BanditRouter : IRouter
{
    private readonly IPromptFeatures _features;
    private readonly FeatureScaling? _scaling;
    private readonly RandomGenerator _random;
    private readonly Lock _lock = new();

    /// <summary>A router.</summary>
    /// <param name="candidates">The names of the candidates, as many as the bandit's.</param>
    /// <param name="bandit">What learns.</param>
    /// <param name="features">Reads the context; a constant 1 is added behind it, so a bandit with a context has one feature more.</param>
    /// <param name="random">Draws.</param>
    /// <param name="scaling">The scale of the features; null leaves them as they are.</param>
    public BanditRouter(IReadOnlyList<string> candidates, IBandit bandit, IPromptFeatures features, RandomGenerator random, FeatureScaling? scaling = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(bandit);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(random);
        if (candidates.Count != bandit.Candidates)
            throw new ArgumentException($"The bandit has {bandit.Candidates} candidates, but {candidates.Count} are named.", nameof(candidates));
        (Candidates, Bandit, _features, _random, _scaling) = (candidates, bandit, features, random, scaling);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>What learns.</summary>
    public IBandit Bandit { get; }

    /// <inheritdoc/>
    public async ValueTask<RoutePrediction> PredictAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellation)
    {
        var context = await ContextAsync(conversation, cancellation).ConfigureAwait(false);
        lock (_lock)
            return new([.. Bandit.Values(context, _random).Select(value => Math.Clamp(value, 0, 1))]);
    }

    /// <summary>Learns how good an answer was.</summary>
    /// <param name="conversation">The conversation that was answered.</param>
    /// <param name="candidate">The place of the candidate that answered.</param>
    /// <param name="quality">The answer's quality, in [0, 1].</param>
    /// <param name="cancellation">Ends calls of an embedding model, where there is one.</param>
    public async ValueTask LearnAsync(IReadOnlyList<ChatMessage> conversation, int candidate, double quality, CancellationToken cancellation) =>
        Bandit.Learn(candidate, await ContextAsync(conversation, cancellation).ConfigureAwait(false), quality);

    private async ValueTask<double[]> ContextAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var read = await _features.ReadAsync([conversation], cancellation).ConfigureAwait(false);
        return [.. _scaling?.Apply(read[0]) ?? read[0], 1];
    }
}
