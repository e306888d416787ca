using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>Judges by the checker of the family that made the problem.</summary>
/// <param name="checker">The family's checker.</param>
/// <param name="item">The problem.</param>
public sealed class TaskGrader(IAnswerChecker checker, TaskItem item) : IAnswerGrader
{
    /// <inheritdoc/>
    public string Fingerprint => $"family {item.Family}: {item.Answer}";

    /// <inheritdoc/>
    public Task<Grade> GradeAsync(string response, CancellationToken cancellation) => Task.FromResult(checker.Check(item, response));
}
