namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>The energy that one component used over a run.</summary>
/// <param name="Component">The component.</param>
/// <param name="Joules">Electrical energy at the component, before any overhead of the building; at least 0.</param>
/// <param name="Origin">Whether a counter said it or a model.</param>
/// <param name="Method">The counter or the model with its parameters, in words for a report.</param>
public sealed record EnergyReading(EnergyComponent Component, double Joules, EnergyOrigin Origin, string Method);
