using System.Globalization;

namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>The power of a machine's processors as a function of their load.</summary>
public sealed record ProcessorPowerModel
{
    /// <summary>Watts of an unknown processor, per socket: the fallback of CodeCarbon.</summary>
    public const double UnknownSocketWatts = 85;

    /// <summary>Creates a model.</summary>
    /// <param name="tdpWatts">Thermal design power of all sockets together, W.</param>
    /// <param name="law">How power follows load.</param>
    /// <exception cref="ArgumentOutOfRangeException">The power is not above 0 or the law is unknown.</exception>
    public ProcessorPowerModel(double tdpWatts, ProcessorPowerLaw law = ProcessorPowerLaw.Proportional)
    {
        TdpWatts = Quantity.Positive(tdpWatts, nameof(tdpWatts), "W");
        Law = Enum.IsDefined(law) ? law : throw new ArgumentOutOfRangeException(nameof(law), law, "Choose a law of ProcessorPowerLaw.");
    }

    /// <summary>Thermal design power of all sockets, W.</summary>
    public double TdpWatts { get; }

    /// <summary>How power follows load.</summary>
    public ProcessorPowerLaw Law { get; }

    /// <summary>The model with its parameters, in words.</summary>
    public string Description => string.Create(CultureInfo.InvariantCulture, $"{Law switch
    {
        ProcessorPowerLaw.Cubic => "TDP x (0.1 + 0.9 load^3)",
        ProcessorPowerLaw.Half => "TDP / 2",
        _ => "TDP x load",
    }}, TDP {TdpWatts:G6} W");

    /// <summary>Watts at a load.</summary>
    /// <param name="load">Busy share of all logical processors; what clocks make of it beyond 1 counts as 1.</param>
    public double Watts(double load)
    {
        load = Math.Min(1, Quantity.NotNegative(load, nameof(load), "(load)"));
        return TdpWatts * Law switch
        {
            ProcessorPowerLaw.Cubic => 0.1 + 0.9 * load * load * load,
            ProcessorPowerLaw.Half => 0.5,
            _ => load,
        };
    }
}
