namespace Vilfredo.Measurement.Footprint.Requests;

/// <summary>Energy and time per generated token of a language model on H100 servers: fits by EcoLogits (2025) to measurements of open models.</summary>
/// <remarks>
/// Parameters are in billions; those active per token make the energy and the time, all of them the memory. Valid for what the fit saw: text
/// models with 16-bit weights served in batches.
/// </remarks>
public static class TokenModel
{
    /// <summary>Requests served together, which the fits assume.</summary>
    public const double DefaultBatch = 64;

    /// <summary>Memory of one accelerator, GB.</summary>
    public const double AcceleratorGigabytes = 80;

    private const double EnergyScale = 1.1665273170451914e-6;
    private const double EnergyBatchDecay = -0.011205921025579175;
    private const double EnergyFloor = 4.052928146734005e-5;
    private const double SecondsPerBillion = 6.785088094353663e-4;
    private const double SecondsPerBatch = 3.119310311688259e-4;
    private const double SecondsFloor = 0.019473717579473387;
    private const double MemoryMargin = 1.2;
    private const double BytesPerWeight = 2;

    /// <summary>Wh per token and accelerator: alpha exp(beta B) P + gamma.</summary>
    /// <param name="activeBillions">Active parameters P, billions, above 0.</param>
    /// <param name="batch">Batch size B, at least 1.</param>
    public static double WattHoursPerToken(double activeBillions, double batch = DefaultBatch) =>
        EnergyScale * Math.Exp(EnergyBatchDecay * Batch(batch)) * Quantity.Positive(activeBillions, nameof(activeBillions), "billion parameters") + EnergyFloor;

    /// <summary>Seconds per token, linear in active parameters and batch size.</summary>
    /// <param name="activeBillions">Active parameters, billions, above 0.</param>
    /// <param name="batch">Batch size, at least 1.</param>
    public static double SecondsPerToken(double activeBillions, double batch = DefaultBatch) =>
        SecondsPerBillion * Quantity.Positive(activeBillions, nameof(activeBillions), "billion parameters") + SecondsPerBatch * Batch(batch) + SecondsFloor;

    /// <summary>Accelerators that hold a model: the least power of two with 1.2 times the room of its weights.</summary>
    /// <param name="totalBillions">All parameters, billions, above 0.</param>
    public static int Accelerators(double totalBillions)
    {
        var gigabytes = MemoryMargin * Quantity.Positive(totalBillions, nameof(totalBillions), "billion parameters") * BytesPerWeight;
        var needed = Math.Ceiling(gigabytes / AcceleratorGigabytes);
        var accelerators = 1;
        while (accelerators < needed) accelerators *= 2;
        return accelerators;
    }

    private static double Batch(double batch) => double.IsFinite(batch) && batch >= 1
        ? batch
        : throw new ArgumentOutOfRangeException(nameof(batch), FormattableString.Invariant($"A batch holds at least 1 request, not {batch}."));
}
