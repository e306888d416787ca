namespace Vilfredo.Inference.Strategies.Ensembles;

/// <summary>How the calls of a round are shared out among models.</summary>
public enum ModelDistribution
{
    /// <summary>In turn, going on from round to round.</summary>
    RoundRobin,

    /// <summary>As equally as the round allows, beginning with the first model in every round.</summary>
    Equal,

    /// <summary>In proportion to weights, by largest remainders.</summary>
    Weighted,

    /// <summary>All to the first model.</summary>
    FirstOnly,
}
