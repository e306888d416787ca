namespace Vilfredo.Studies;

/// <summary>When a frontier counts as standing still: its hypervolume has not grown by more than a share in the last trials.</summary>
/// <remarks>
/// Looked at every tenth of <paramref name="Trials"/>, over the trials that are finished with all before them. The reference point is the one that the trials so far suggest
/// (<see cref="HypervolumeProgress.Suggest"/>).
/// </remarks>
/// <param name="Trials">How many trials without growth, at least 1.</param>
/// <param name="Tolerance">The growth that counts as none, as a share of the hypervolume; in [0, 1).</param>
public sealed record FrontierStagnation(int Trials, double Tolerance = 0.001);
