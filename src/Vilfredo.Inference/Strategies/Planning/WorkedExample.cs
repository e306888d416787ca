namespace Vilfredo.Inference.Strategies.Planning;

/// <summary>A question with its right answer.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
public sealed record WorkedExample(string Question, string Answer);
