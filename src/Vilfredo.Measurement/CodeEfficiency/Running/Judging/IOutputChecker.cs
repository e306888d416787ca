using System.Text.Json;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Judging;

/// <summary>Decides whether an output is right. Implement it for problems with several right answers.</summary>
public interface IOutputChecker
{
    /// <summary>Judges one output.</summary>
    /// <param name="arguments">The call's arguments, a JSON array.</param>
    /// <param name="expected">What the test expects: an output, or whatever this checker reads from it.</param>
    /// <param name="actual">What the sample returned, in the form of <see cref="CallResult.Output"/>.</param>
    Judgement Check(JsonElement arguments, JsonElement expected, JsonElement actual);
}
