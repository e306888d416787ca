namespace Vilfredo.Studies;

/// <summary>How far a running study is.</summary>
/// <param name="Trial">The trial that was told last.</param>
/// <param name="Status">What became of its result.</param>
/// <param name="Finished">How many trials need no further work.</param>
/// <param name="Running">How many are running or wait to be given out again.</param>
/// <param name="Budget">The budget.</param>
public sealed record RunProgress(TrialRecord Trial, TellStatus Status, int Finished, int Running, StudyBudget Budget);
