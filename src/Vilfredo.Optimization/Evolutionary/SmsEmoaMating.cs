namespace Vilfredo.Optimization.Evolutionary;

/// <summary>How the parents of <see cref="SmsEmoa"/> are chosen among feasible points.</summary>
public enum SmsEmoaMating
{
    /// <summary>By chance, as in the paper.</summary>
    Random,

    /// <summary>In pairs, of which the one that dominates the other wins, and chance decides when neither does: as in pymoo.</summary>
    Dominance,
}
