namespace Vilfredo.Studies;

/// <summary>The values of an objective that are of interest, in its own direction and unit, both ends included.</summary>
/// <param name="Minimum">The least value, or <see langword="null"/> for no lower end.</param>
/// <param name="Maximum">The largest value, or <see langword="null"/> for no upper end.</param>
public sealed record ObjectiveRange(double? Minimum = null, double? Maximum = null)
{
    /// <summary>How far a value lies outside, above 0, or how deep inside, at most 0; in units of the range, or of the size of its only end.</summary>
    internal double Excess(double value)
    {
        var below = Minimum - value ?? double.NegativeInfinity;
        var above = value - Maximum ?? double.NegativeInfinity;
        var scale = Minimum is { } low && Maximum is { } high ? high - low : Math.Abs(Minimum ?? Maximum ?? 0);
        return Math.Max(below, above) / (scale > 0 ? scale : 1);
    }
}
