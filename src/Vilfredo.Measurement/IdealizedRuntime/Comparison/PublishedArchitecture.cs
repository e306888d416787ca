namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>An architecture that the paper profiled on two kinds of hardware, fp16, batch size 1.</summary>
/// <param name="Name">Its name and size.</param>
/// <param name="Shape">Hidden size and layers.</param>
/// <param name="A100Count">How many A100-80GB it occupied.</param>
/// <param name="A100SecondsPerToken">b on those.</param>
/// <param name="V100Count">How many V100 it occupied, where that is published.</param>
/// <param name="V100SecondsPerToken">b on those, where that is published.</param>
public sealed record PublishedArchitecture(
    string Name, DecoderShape Shape, int A100Count, double A100SecondsPerToken, int? V100Count, double? V100SecondsPerToken)
{
    /// <summary>What an output token after the first costs on the A100s, in USD at 2022's price.</summary>
    public double A100DollarsPerToken => new AcceleratorSetup(A100Count, AcceleratorSetup.PaperA100).Cost(A100SecondsPerToken).Amount;

    /// <summary>The same on the V100s, or <see langword="null"/>.</summary>
    public double? V100DollarsPerToken => V100Count is { } count && V100SecondsPerToken is { } seconds
        ? new AcceleratorSetup(count, AcceleratorSetup.PaperV100).Cost(seconds).Amount
        : null;
}
