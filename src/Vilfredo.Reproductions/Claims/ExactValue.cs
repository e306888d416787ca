namespace Vilfredo.Reproductions;

/// <summary>A number that must come out.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Expected">What the paper prints.</param>
/// <param name="Actual">What the library computes.</param>
/// <param name="Tolerance">The largest difference allowed, such as half of the last printed digit.</param>
public sealed record ExactValue(string Name, double Expected, double Actual, double Tolerance)
{
    /// <summary>Whether the difference is within the tolerance, but for rounding in the 15th digit.</summary>
    public bool Agrees => Math.Abs(Expected - Actual) <= Tolerance + 1e-12 * Math.Max(1, Math.Abs(Expected));
}
