using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Routing.Records;

/// <summary>A prompt that candidates have answered.</summary>
/// <param name="Id">What tells it from others: a hash of its text, so that equal prompts of two files are one.</param>
/// <param name="Messages">The conversation that was asked.</param>
public sealed record RoutedPrompt(string Id, IReadOnlyList<ChatMessage> Messages);
