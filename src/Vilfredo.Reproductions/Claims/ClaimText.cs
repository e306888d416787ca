namespace Vilfredo.Reproductions;

/// <summary>What a claim says.</summary>
/// <param name="Id">A short name, unique within its study, such as <c>divergence</c>.</param>
/// <param name="Statement">The claim as a sentence.</param>
/// <param name="PaperFigure">The number of the paper that it goes with, in words; <see langword="null"/> when there is none.</param>
public sealed record ClaimText(string Id, string Statement, string? PaperFigure = null);
