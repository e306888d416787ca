namespace Vilfredo.Neural.Generation;

/// <summary>A prompt that is continued together with others.</summary>
/// <param name="Prompt">Token ids; at least one, below the size of the vocabulary.</param>
/// <param name="Options">How long it is continued, and how its tokens are drawn.</param>
/// <param name="Random">Its own stream; not used when the temperature is 0.</param>
public sealed record GenerationRequest(IReadOnlyList<int> Prompt, GenerationOptions Options, RandomGenerator Random);
