namespace Vilfredo.Measurement.CodeEfficiency.Estimators.Levels;

/// <summary>How efficient a program is on one problem.</summary>
/// <param name="Passed">Whether it counts as right: no wrong answer in any level that was run, and level 0 finished.</param>
/// <param name="Score">e: 0 for a wrong program, 1 for the reference's speed, more for a faster one.</param>
/// <param name="Levels">f of each level; 0 for levels without weight, those not reached, and wrong programs.</param>
public sealed record LevelScore(bool Passed, double Score, IReadOnlyList<double> Levels);
