namespace Vilfredo.Measurement.Footprint.Carbon;

/// <summary>What making a piece of hardware costs the environment.</summary>
/// <param name="Kilograms">kg CO2e.</param>
/// <param name="AntimonyKilograms">kg Sb e: metals and minerals (ADPe).</param>
/// <param name="Megajoules">MJ of primary energy.</param>
public readonly record struct HardwareImpact(double Kilograms, double AntimonyKilograms, double Megajoules)
{
    /// <summary>Both together.</summary>
    public static HardwareImpact operator +(HardwareImpact left, HardwareImpact right) =>
        new(left.Kilograms + right.Kilograms, left.AntimonyKilograms + right.AntimonyKilograms, left.Megajoules + right.Megajoules);

    /// <summary>So many of it, or a share of it.</summary>
    public static HardwareImpact operator *(double times, HardwareImpact impact) =>
        new(times * impact.Kilograms, times * impact.AntimonyKilograms, times * impact.Megajoules);

    /// <summary>Both together.</summary>
    public HardwareImpact Add(HardwareImpact other) => this + other;

    /// <summary>So many of it, or a share of it.</summary>
    public HardwareImpact Multiply(double times) => times * this;
}
