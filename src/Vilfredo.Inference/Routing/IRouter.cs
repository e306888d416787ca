using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Routing;

/// <summary>Says before a question is answered how well each of some candidates (models, or strategies with models) would answer it. What to make of that is a <see cref="Rules.RoutingRule"/>'s.</summary>
public interface IRouter
{
    /// <summary>The names of the candidates, at least one.</summary>
    IReadOnlyList<string> Candidates { get; }

    /// <summary>What to expect of the candidates.</summary>
    /// <param name="conversation">All turns; a short follow-up to a hard question is not a simple question.</param>
    /// <param name="cancellation">Ends calls of an embedding model, where there is one.</param>
    ValueTask<RoutePrediction> PredictAsync(IReadOnlyList<ChatMessage> conversation, CancellationToken cancellation);
}
