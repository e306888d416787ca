namespace Vilfredo.Inference.Answers;

/// <summary>Finds the final answer in a response, so that responses can be compared and counted.</summary>
public interface IAnswerExtractor
{
    /// <summary>The answer in a normal form in which equal answers are equal texts; null when there is none.</summary>
    string? Extract(string response);
}
