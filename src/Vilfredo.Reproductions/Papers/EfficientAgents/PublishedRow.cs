namespace Vilfredo.Reproductions.Papers;

/// <summary>A row of the paper's tables (GAIA validation, 165 tasks, pooled).</summary>
/// <param name="Name">What was run.</param>
/// <param name="CostOfPass">The printed cost of pass in dollars.</param>
/// <param name="Accuracy">The printed accuracy in percent.</param>
/// <param name="Dollars">The printed dollars per task, where a table gives them.</param>
internal sealed record PublishedRow(string Name, double CostOfPass, double Accuracy, double? Dollars = null);
