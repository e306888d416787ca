using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Routing.Featurization;

/// <summary>Turns conversations into numbers from which routers predict. The first of them are <see cref="PromptStatistics"/>, the very first the complexity.</summary>
public interface IPromptFeatures
{
    /// <summary>The number of features.</summary>
    int Count { get; }

    /// <summary>The features of each conversation, all finite.</summary>
    /// <param name="conversations">Conversations, each with all of its turns.</param>
    /// <param name="cancellation">Ends calls of an embedding model, where there is one.</param>
    ValueTask<IReadOnlyList<double[]>> ReadAsync(IReadOnlyList<IReadOnlyList<ChatMessage>> conversations, CancellationToken cancellation);
}
