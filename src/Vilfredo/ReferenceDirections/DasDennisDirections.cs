namespace Vilfredo.ReferenceDirections;

/// <summary>
/// The regular lattice of directions on the unit simplex whose coordinates are multiples of 1/H (I. Das and J. E. Dennis,
/// "Normal-boundary intersection", SIAM J. Optim. 8(3), 1998).
/// </summary>
/// <remarks>
/// Directions are rows of non-negative numbers that sum to 1. With more than about five objectives a lattice fine enough to
/// have inner points is very large; use <see cref="TwoLayers"/>, or <see cref="RieszEnergyDirections"/> for any count.
/// </remarks>
public static class DasDennisDirections
{
    /// <summary>The number of directions: C(H + m - 1, m - 1) for H divisions and m objectives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">The number does not fit 64 bits.</exception>
    public static long Count(int objectives, int divisions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(divisions, 1);

        // C(n, k) with the smaller k, one factor at a time: every intermediate quotient is itself a binomial.
        int larger = Math.Max(divisions, objectives - 1), smaller = Math.Min(divisions, objectives - 1);
        UInt128 count = 1;
        for (var i = 1; i <= smaller; i++)
        {
            count = count * (UInt128)(larger + i) / (UInt128)i;
            if (count > long.MaxValue)
                throw new OverflowException($"The lattice of {objectives} objectives and {divisions} divisions is too large.");
        }

        return (long)count;
    }

    /// <summary>The most divisions whose lattice has at most a number of directions; 0 when even one division has more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1, or there is one objective only.</exception>
    public static int DivisionsFor(int objectives, int maximumCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(objectives, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumCount, 1);
        var divisions = 0;
        while (Count(objectives, divisions + 1) <= maximumCount) divisions++;
        return divisions;
    }

    /// <summary>Creates the lattice.</summary>
    /// <param name="objectives">Coordinates of a direction, at least 1.</param>
    /// <param name="divisions">H, the number of steps along an edge, at least 1.</param>
    /// <returns>Row-major directions in lexicographic order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is below 1.</exception>
    /// <exception cref="OverflowException">The lattice does not fit an array.</exception>
    public static double[] Create(int objectives, int divisions)
    {
        var directions = new double[checked((int)(Count(objectives, divisions) * objectives))];
        var steps = new int[objectives];
        steps[^1] = divisions;
        for (var row = 0; ; row += objectives)
        {
            for (var j = 0; j < objectives; j++) directions[row + j] = (double)steps[j] / divisions;
            if (row + objectives == directions.Length) return directions;

            // The next composition: one step from the last non-zero place to its left neighbour, the rest to the end.
            var last = objectives - 1;
            while (steps[last] == 0) last--;
            var rest = steps[last] - 1;
            steps[last] = 0;
            steps[last - 1]++;
            steps[^1] = rest;
        }
    }

    /// <summary>
    /// A lattice on the border of the simplex and a smaller one inside (K. Deb and H. Jain, IEEE Trans. Evol. Comput. 18(4),
    /// 2014): the inner directions are shrunk towards the centre.
    /// </summary>
    /// <param name="objectives">Coordinates of a direction, at least 1.</param>
    /// <param name="outerDivisions">Divisions of the outer lattice, at least 1.</param>
    /// <param name="innerDivisions">Divisions of the inner lattice; 0 leaves it out.</param>
    /// <param name="innerScale">Size of the inner simplex, in (0, 1); 0.5 is the paper's.</param>
    /// <returns>Row-major directions, the outer layer first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double[] TwoLayers(int objectives, int outerDivisions, int innerDivisions, double innerScale = 0.5)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(innerDivisions);
        if (!(innerScale > 0 && innerScale < 1))
            throw new ArgumentOutOfRangeException(nameof(innerScale), innerScale, "The inner simplex has a size between 0 and 1.");

        var outer = Create(objectives, outerDivisions);
        if (innerDivisions == 0) return outer;
        var inner = Create(objectives, innerDivisions);
        for (var i = 0; i < inner.Length; i++) inner[i] = innerScale * inner[i] + (1 - innerScale) / objectives;
        return [.. outer, .. inner];
    }
}
