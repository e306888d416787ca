namespace Vilfredo.Studies;

/// <summary>A rectangle of goals that one group of studies attains in more of its runs than the other.</summary>
/// <param name="Best">Its best corner in the user's direction.</param>
/// <param name="Worst">Its worst corner, at most the reference point.</param>
/// <param name="Difference">The share of the first group's runs that attain its goals minus that of the second's, not 0.</param>
/// <param name="Share">Its share of the area of the box to the reference point, on the scaled objectives.</param>
public sealed record ComparedRegion(IReadOnlyList<double> Best, IReadOnlyList<double> Worst, double Difference, double Share);
