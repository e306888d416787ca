namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Says how much energy one component used since the last time it was asked.</summary>
/// <remarks>Not thread-safe: one caller advances a meter at a time.</remarks>
public interface IEnergyMeter
{
    /// <summary>The component.</summary>
    EnergyComponent Component { get; }

    /// <summary>Whether the energy is read from a counter or estimated.</summary>
    EnergyOrigin Origin { get; }

    /// <summary>The counter or the model with its parameters, in words.</summary>
    string Method { get; }

    /// <summary>The energy of an interval that begins where the last one ended; the first begins where the meter was made.</summary>
    /// <param name="interval">What the computer did in the interval.</param>
    /// <returns>Joules, at least 0.</returns>
    double Advance(in ActivityInterval interval);
}
