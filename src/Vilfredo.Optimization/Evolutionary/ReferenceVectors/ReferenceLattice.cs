using Vilfredo.ReferenceDirections;

namespace Vilfredo.Optimization.Evolutionary;

/// <summary>The reference directions of NSGA-III and RVEA when none are given.</summary>
internal static class ReferenceLattice
{
    /// <summary>The smallest multiple of 4 that gives each direction a point, unless a size is given.</summary>
    public static int PopulationFor(int objectives, int? populationSize, IReadOnlyList<double>? directions) =>
        populationSize ?? Math.Max(4, (For(objectives, null, directions).Length / objectives + 3) / 4 * 4);

    /// <summary>The directions given, or the finest lattice for a size, or that of the NSGA-III paper.</summary>
    public static double[] For(int objectives, int? populationSize, IReadOnlyList<double>? directions)
    {
        if (directions is not null) return [.. directions];
        if (objectives == 1) return [1];
        if (populationSize is { } size)
        {
            var divisions = DasDennisDirections.DivisionsFor(objectives, Math.Max(1, size));
            return divisions > 0 ? DasDennisDirections.Create(objectives, divisions) : Axes(objectives, Math.Max(1, size));
        }

        return objectives switch
        {
            2 => DasDennisDirections.Create(2, 99),
            3 => DasDennisDirections.Create(3, 12),
            4 => DasDennisDirections.Create(4, 8),
            <= 6 => DasDennisDirections.Create(objectives, 6),
            <= 10 => DasDennisDirections.TwoLayers(objectives, 3, 2),
            _ => DasDennisDirections.TwoLayers(objectives, 2, 1),
        };
    }

    // Fewer points than objectives: the middle, then one axis after the other.
    private static double[] Axes(int objectives, int count)
    {
        var directions = new double[count * objectives];
        directions.AsSpan(0, objectives).Fill(1);
        for (var i = 1; i < count; i++) directions[i * objectives + i - 1] = 1;
        return directions;
    }
}
