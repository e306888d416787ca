namespace Vilfredo.Measurement.Footprint.Power;

/// <summary>Power of main memory, which depends on its size and hardly on its use.</summary>
public static class MemoryPower
{
    /// <summary>Watts per GB of Green Algorithms.</summary>
    public const double WattsPerGigabyte = 0.3725;

    private const double WattsPerModule = 5;
    private const double LeastWatts = 10;
    private const int MostModules = 32;

    /// <summary>Watts of a server's memory from a guess at its modules: the model of CodeCarbon 3 for x86.</summary>
    /// <param name="gigabytes">Installed memory, above 0.</param>
    /// <remarks>
    /// Modules: 1 up to 2 GB, 2 up to 16, 4 up to 64, 8 up to 128, beyond as many as are needed of the largest size in 4 to 128 GB
    /// that is at most an eighth of all. 5 W each; the fifth to eighth count 90 %, the ninth to sixteenth 80 %, more 70 %; at least 10 W.
    /// </remarks>
    public static double OfModules(double gigabytes)
    {
        var modules = Modules(Quantity.Positive(gigabytes, nameof(gigabytes), "GB"));
        var watts = WattsPerModule * (Math.Min(modules, 4) + 0.9 * Math.Clamp(modules - 4, 0, 4) + 0.8 * Math.Clamp(modules - 8, 0, 8) + 0.7 * Math.Max(modules - 16, 0));
        return Math.Max(LeastWatts, watts);
    }

    private static int Modules(double gigabytes)
    {
        if (gigabytes <= 2) return 1;
        if (gigabytes <= 16) return 2;
        if (gigabytes <= 64) return 4;
        if (gigabytes <= 128) return 8;
        var size = 4.0;
        while (size * 2 <= Math.Min(128, gigabytes / 8)) size *= 2;
        return (int)Math.Min(MostModules, Math.Ceiling(gigabytes / size));
    }
}
