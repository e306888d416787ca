namespace Vilfredo.Reproductions;

/// <summary>A published paper.</summary>
/// <param name="Slug">The short name by which commands and files know it, such as <c>sharpe-ratio-at-k</c>.</param>
/// <param name="Title">The full title.</param>
/// <param name="Authors">The authors, or the first ones and "et al.".</param>
/// <param name="Year">The year of publication.</param>
/// <param name="Reference">Where it is found, such as <c>arXiv 2311.18207</c>.</param>
public sealed record Paper(string Slug, string Title, string Authors, int Year, string Reference);
