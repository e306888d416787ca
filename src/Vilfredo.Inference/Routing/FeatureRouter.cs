using Microsoft.Extensions.AI;
using Vilfredo.Inference.Routing.Featurization;
using Vilfredo.Inference.Routing.Predictors;

namespace Vilfredo.Inference.Routing;

/// <summary>A router that reads features of the conversation and predicts from them.</summary>
public sealed class FeatureRouter : IRouter
{
    private readonly IPromptFeatures _features;
    private readonly FeatureScaling _scaling;
    private readonly CostPredictor? _costs;

    /// <summary>A router.</summary>
    /// <param name="candidates">The names of the candidates.</param>
    /// <param name="features">Reads the features.</param>
    /// <param name="scaling">The scale on which the predictor was trained.</param>
    /// <param name="predictor">Predicts.</param>
    /// <param name="costs">Predicts costs; null where rules go by the candidates' means.</param>
    /// <exception cref="ArgumentException">The parts are not made for each other.</exception>
    public FeatureRouter(IReadOnlyList<string> candidates, IPromptFeatures features, FeatureScaling scaling, QualityPredictor predictor, CostPredictor? costs = null)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(scaling);
        ArgumentNullException.ThrowIfNull(predictor);
        try
        {
            scaling.Check(features.Count);
            predictor.Check(features.Count, candidates.Count);
            costs?.Check(features.Count, candidates.Count);
        }
        catch (FormatException error)
        {
            throw new ArgumentException(error.Message, nameof(predictor), error);
        }

        (Candidates, _features, _scaling, Predictor, _costs) = (candidates, features, scaling, predictor, costs);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>What predicts.</summary>
    public QualityPredictor Predictor { get; }

    /// <inheritdoc/>
    public async ValueTask<RoutePrediction> PredictAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        return (await PredictAllAsync([conversation], cancellation).ConfigureAwait(false))[0];
    }

    /// <summary>What to expect of the candidates for each of several conversations.</summary>
    /// <param name="conversations">Conversations, each with all of its turns.</param>
    /// <param name="cancellation">Ends calls of an embedding model, where there is one.</param>
    public async ValueTask<IReadOnlyList<RoutePrediction>> PredictAllAsync(IReadOnlyList<IReadOnlyList<ChatMessage>> conversations, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        var rows = await _features.ReadAsync(conversations, cancellation).ConfigureAwait(false);
        return
        [
            .. rows.Select(row =>
            {
                var features = _scaling.Apply(row);
                return Predictor.Predict(features) with { Cost = _costs?.Predict(features) };
            }),
        ];
    }
}
