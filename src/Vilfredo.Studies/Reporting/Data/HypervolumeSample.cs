namespace Vilfredo.Studies.Reporting;

/// <summary>The hypervolume of a study's frontier after some of its trials.</summary>
/// <param name="Trials">How many trials had ended.</param>
/// <param name="Hypervolume">The hypervolume of their frontier.</param>
public readonly record struct HypervolumeSample(int Trials, double Hypervolume);
