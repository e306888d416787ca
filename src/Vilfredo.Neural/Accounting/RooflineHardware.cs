namespace Vilfredo.Neural.Accounting;

/// <summary>How fast a device computes and reads its memory at best, and what shares of that programs reach.</summary>
/// <param name="PeakFlops">Floating-point operations per second at best; positive.</param>
/// <param name="BytesPerSecond">Bandwidth of the memory at best; positive.</param>
/// <param name="ComputeShare">The share of the peak that is reached, in (0, 1].</param>
/// <param name="BandwidthShare">The share of the bandwidth that is reached, in (0, 1].</param>
public sealed record RooflineHardware(double PeakFlops, double BytesPerSecond, double ComputeShare = 1, double BandwidthShare = 1)
{
    /// <summary>One A100 of 80 GB (SXM) with 16-bit numbers: 312 TFLOP/s and 2,039 GB/s, of which ParScale's cost analysis takes 70 and 90 %.</summary>
    public static RooflineHardware A100 { get; } = new(312e12, 2039e9, 0.7, 0.9);

    /// <summary>The time that work takes when reading and computing overlap entirely: the longer of both.</summary>
    /// <param name="flops">Operations; not negative.</param>
    /// <param name="bytes">Bytes read; not negative.</param>
    public double Seconds(double flops, double bytes) => Math.Max(flops / (PeakFlops * ComputeShare), bytes / (BytesPerSecond * BandwidthShare));

    internal void Validate()
    {
        foreach (var (name, value, most) in new[] { (nameof(PeakFlops), PeakFlops, double.MaxValue), (nameof(BytesPerSecond), BytesPerSecond, double.MaxValue), (nameof(ComputeShare), ComputeShare, 1), (nameof(BandwidthShare), BandwidthShare, 1) })
        {
            if (!(value > 0 && value <= most))
                throw new ArgumentOutOfRangeException(name, value, most == 1 ? "A share must be above 0 and at most 1." : "A rate must be finite and positive.");
        }
    }
}
