namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>Accelerators that a model occupies: from its seconds to money and energy.</summary>
public sealed record AcceleratorSetup
{
    /// <summary>The price of an A100-80GB in the paper, an eighth of a p4de node: 4.096 USD an hour (2022).</summary>
    public const double PaperA100 = 4.096;

    /// <summary>The price of a V100 in the paper: 3.06 USD an hour (2022).</summary>
    public const double PaperV100 = 3.06;

    /// <summary>Creates a set-up.</summary>
    /// <param name="count">How many accelerators the model occupies, at least 1.</param>
    /// <param name="pricePerHour">Of each, finite, at least 0.</param>
    /// <param name="watts">Drawn by each while it works, finite, at least 0.</param>
    /// <param name="currency">Of the price.</param>
    public AcceleratorSetup(int count, double pricePerHour, double watts = 0, string currency = "USD")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        if (!(pricePerHour >= 0 && double.IsFinite(pricePerHour))) throw new ArgumentOutOfRangeException(nameof(pricePerHour), pricePerHour, "A price is finite and at least 0.");
        if (!(watts >= 0 && double.IsFinite(watts))) throw new ArgumentOutOfRangeException(nameof(watts), watts, "A power is finite and at least 0.");
        (Count, PricePerHour, Watts, Currency) = (count, pricePerHour, watts, currency);
    }

    /// <summary>How many accelerators the model occupies.</summary>
    public int Count { get; }

    /// <summary>The price of each per hour.</summary>
    public double PricePerHour { get; }

    /// <summary>The power of each.</summary>
    public double Watts { get; }

    /// <summary>The currency of the price.</summary>
    public string Currency { get; }

    /// <summary>What occupying the accelerators for so long costs: seconds × count × price / 3600.</summary>
    public Money Cost(double seconds) => new(Checked(seconds) * Count * PricePerHour / 3600, Currency);

    /// <summary>The energy in joules: seconds × count × watts.</summary>
    public double Joules(double seconds) => Checked(seconds) * Count * Watts;

    private static double Checked(double seconds) => seconds >= 0 && double.IsFinite(seconds)
        ? seconds
        : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A time is finite and at least 0.");
}
