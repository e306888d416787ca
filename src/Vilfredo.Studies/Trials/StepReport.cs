namespace Vilfredo.Studies;

/// <summary>What a running trial has reported of itself.</summary>
/// <param name="Step">How far it is, in steps of its own such as epochs or seconds; at least 0, growing from report to report.</param>
/// <param name="Values">One value per objective as it stands then, in the user's direction.</param>
public sealed record StepReport(long Step, IReadOnlyList<double> Values);
