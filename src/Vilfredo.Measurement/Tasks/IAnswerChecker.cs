namespace Vilfredo.Measurement.Tasks;

/// <summary>Judges a response to a problem exactly. Never throws on any response or problem text.</summary>
public interface IAnswerChecker
{
    /// <summary>Judges the answer that a response ends with.</summary>
    /// <param name="item">The problem.</param>
    /// <param name="response">The solver's whole text; its last <c>Answer:</c> line counts.</param>
    Grade Check(TaskItem item, string response);
}
