using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>Judges answers to one problem.</summary>
public interface IAnswerGrader
{
    /// <summary>What decides beside the response, as a text: when it changes, answers are judged anew.</summary>
    string Fingerprint { get; }

    /// <summary>Judges a response.</summary>
    /// <param name="response">The whole text of the response.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<Grade> GradeAsync(string response, CancellationToken cancellation);
}
