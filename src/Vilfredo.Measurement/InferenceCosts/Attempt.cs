namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>One attempt at one problem.</summary>
/// <param name="Problem">The problem's name; repeats of a problem share it.</param>
/// <param name="Passed">Whether it was solved.</param>
/// <param name="Cost">Everything the attempt spent, failed calls and retries included.</param>
/// <param name="Group">The group that the problem belongs to, such as a level of difficulty.</param>
public sealed record Attempt(string Problem, bool Passed, Money Cost, string? Group = null);
