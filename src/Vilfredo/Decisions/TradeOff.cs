namespace Vilfredo.Decisions;

/// <summary>What a step from one point to another changes.</summary>
/// <param name="From">The row of the point that is left.</param>
/// <param name="To">The row of the point that is taken instead.</param>
/// <param name="Change">The objectives of the second minus those of the first: negative numbers are gains, positive ones the price.</param>
public sealed record TradeOff(int From, int To, IReadOnlyList<double> Change)
{
    /// <summary>How many units of one objective a unit of improvement in another costs.</summary>
    /// <param name="gained">The objective that improves.</param>
    /// <param name="paid">The objective that pays for it.</param>
    /// <returns>The rate; negative when both improve, +Infinity when <paramref name="gained"/> does not improve.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is not an objective.</exception>
    public double Rate(int gained, int paid)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gained);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(gained, Change.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(paid);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(paid, Change.Count);
        return Change[gained] < 0 ? Change[paid] / -Change[gained] : double.PositiveInfinity;
    }
}
