namespace Vilfredo.Measurement.CodeEfficiency.Estimators;

/// <summary>The samples of a model on one problem.</summary>
/// <param name="Problem">The problem's name.</param>
/// <param name="Scores">The efficiency score of each sample, none negative, 0 for a wrong one.</param>
/// <param name="Correct">How many samples are right; one that is right but timed out everywhere counts here and scores 0.</param>
public sealed record ProblemScores(string Problem, IReadOnlyList<double> Scores, int Correct);
