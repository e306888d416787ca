namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>A candidate program at the end.</summary>
/// <param name="Code">The program, after repair where that was kept.</param>
/// <param name="Passed">How many of the kept tests it passes.</param>
/// <param name="IsRepaired">Whether it is what a repair call wrote.</param>
public sealed record CandidateProgram(string Code, int Passed, bool IsRepaired);
