using Vilfredo.Measurement.CodeEfficiency.Running.Problems;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>One sample of a file, evaluated.</summary>
/// <param name="Problem">Its problem.</param>
/// <param name="Evaluation">What it did.</param>
/// <param name="RelativeCost">Its cost over the reference's, where both are known.</param>
internal sealed record SampleOutcome(RunnableProblem Problem, SampleEvaluation Evaluation, CensoredValue? RelativeCost);
