using Microsoft.Extensions.AI;
using Vilfredo.Inference.Routing.Featurization;
using Vilfredo.Inference.Routing.Predictors;

namespace Vilfredo.Inference.Routing;

/// <summary>A router that reads features of the conversation and predicts from them.</summary>
public sealed class FeatureRouter : IRouter
{
    private readonly IPromptFeatures _features;
    private readonly FeatureScaling _scaling;

    /// <summary>A router.</summary>
    /// <param name="candidates">The names of the candidates.</param>
    /// <param name="features">Reads the features.</param>
    /// <param name="scaling">The scale on which the predictor was trained.</param>
    /// <param name="predictor">Predicts.</param>
    /// <exception cref="ArgumentException">The parts are not made for each other.</exception>
    public FeatureRouter(IReadOnlyList<string> candidates, IPromptFeatures features, FeatureScaling scaling, QualityPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(scaling);
        ArgumentNullException.ThrowIfNull(predictor);
        try
        {
            scaling.Check(features.Count);
            predictor.Check(features.Count, candidates.Count);
        }
        catch (FormatException error)
        {
            throw new ArgumentException(error.Message, nameof(predictor), error);
        }

        (Candidates, _features, _scaling, Predictor) = (candidates, features, scaling, predictor);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>What predicts.</summary>
    public QualityPredictor Predictor { get; }

    /// <inheritdoc/>
    public async ValueTask<RoutePrediction> PredictAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var read = await _features.ReadAsync([conversation], cancellation).ConfigureAwait(false);
        return Predictor.Predict(_scaling.Apply(read[0]));
    }
}
