namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>The part of a computer that used the energy.</summary>
public enum EnergyComponent
{
    /// <summary>The processor packages.</summary>
    Processor,

    /// <summary>Main memory.</summary>
    Memory,

    /// <summary>Graphics processors and other accelerators.</summary>
    Accelerator,
}
