using System.Text.Json;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Judging;

/// <summary>An output is right when it equals any of the expected ones, which the test lists in an array.</summary>
/// <param name="equality">When two outputs are equal.</param>
public sealed class OneOf(EqualOutput equality) : IOutputChecker
{
    /// <inheritdoc/>
    public Judgement Check(JsonElement arguments, JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind != JsonValueKind.Array)
            throw new ArgumentException($"The expected value is {expected.ValueKind}; give an array of the right outputs.", nameof(expected));
        return expected.EnumerateArray().Any(one => equality.Check(arguments, one, actual).IsCorrect)
            ? Judgement.Correct
            : new Judgement($"it is none of the {expected.GetArrayLength()} right outputs");
    }
}
