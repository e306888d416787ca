namespace Vilfredo.Reproductions;

/// <summary>A method that a study runs.</summary>
/// <param name="Name">The name in results, tables and plots; unique within the study.</param>
/// <param name="Description">One sentence on what it does.</param>
/// <param name="IsBaseline">Whether it is there to be compared with.</param>
public sealed record ComparedMethod(string Name, string Description, bool IsBaseline = false);
