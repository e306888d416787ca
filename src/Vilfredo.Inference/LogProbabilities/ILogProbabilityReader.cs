using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.LogProbabilities;

/// <summary>Asks a client for the log-probabilities of the tokens that it writes and finds them in its response; each kind of client has its own way.</summary>
public interface ILogProbabilityReader
{
    /// <summary>Asks for them.</summary>
    /// <param name="options">The call's options, to be changed.</param>
    void Ask(ChatOptions options);

    /// <summary>The tokens of a response, in order; null where it has no log-probabilities.</summary>
    IReadOnlyList<TokenChoice>? Read(ChatResponse response);
}
