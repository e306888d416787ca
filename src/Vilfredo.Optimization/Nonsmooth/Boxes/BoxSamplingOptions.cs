namespace Vilfredo.Optimization.Nonsmooth.Boxes;

/// <summary>Settings of <see cref="BoxSubdivision.Dominating"/>.</summary>
public sealed record BoxSamplingOptions
{
    /// <summary>One margin per objective, at least 0: a point counts as dominated when another is better by it in every objective.</summary>
    public required IReadOnlyList<double> Margins { get; init; }

    /// <summary>One Lipschitz constant per objective, at least 0, for the Euclidean norm; null when none are known.</summary>
    public IReadOnlyList<double>? Lipschitz { get; init; }

    /// <summary>The halvings, from 1 to <see cref="BoxCovering.MaximumDepth"/>: depth / n for each coordinate.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>Random points of each box besides its centre.</summary>
    public int RandomPoints { get; init; }

    internal void Validate()
    {
        if (Margins is null || Margins.Count == 0) throw new ArgumentException("Give one margin per objective.");
        if (!Margins.All(margin => margin >= 0 && double.IsFinite(margin))) throw new ArgumentException($"The margins are {string.Join(", ", Margins)}; they must be at least 0 and finite.");
        if (Lipschitz is not null && (Lipschitz.Count != Margins.Count || !Lipschitz.All(constant => constant >= 0 && double.IsFinite(constant))))
            throw new ArgumentException($"The Lipschitz constants are {string.Join(", ", Lipschitz)}; there must be {Margins.Count}, at least 0 and finite.");
        if (Depth is < 1 or > BoxCovering.MaximumDepth) throw new ArgumentException($"The depth is {Depth}; it must be from 1 to {BoxCovering.MaximumDepth}.");
        if (RandomPoints < 0) throw new ArgumentException($"The random points are {RandomPoints}; they cannot be negative.");
    }
}
