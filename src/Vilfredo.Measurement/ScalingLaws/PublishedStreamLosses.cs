namespace Vilfredo.Measurement.ScalingLaws;

/// <summary>The losses from which Chen et al. (ParScale, 2025) fitted their law, as printed with their fit: 36 layers, 42 billion tokens, six widths, P of 1, 2, 4 and 8.</summary>
public static class PublishedStreamLosses
{
    private static readonly double[][] Parameters =
    [
        [535_813_376, 693_753_856, 1_088_376_320, 1_571_472_384, 2_774_773_760, 4_353_203_200],
        [538_195_842, 696_738_818, 1_092_762_882, 1_577_522_690, 2_784_937_986, 4_368_529_922],
        [540_577_412, 699_722_756, 1_097_148_164, 1_583_571_460, 2_795_100_164, 4_383_854_084],
        [545_340_552, 705_690_632, 1_105_918_728, 1_595_669_000, 2_815_424_520, 4_414_502_408],
    ];

    /// <summary>On the Python part of Stack-V2, in nats per token.</summary>
    public static IReadOnlyList<StreamLoss> StackPython { get; } = Points(
    [
        [1.1722, 1.1496, 1.1131, 1.0817, 1.0451, 1.0213],
        [1.1507, 1.1262, 1.0940, 1.0623, 1.0244, 1.0025],
        [1.1354, 1.1124, 1.0808, 1.0490, 1.0126, 0.9906],
        [1.1231, 1.0997, 1.0688, 1.0383, 1.0016, 0.9794],
    ]);

    /// <summary>On the Pile, in nats per token.</summary>
    public static IReadOnlyList<StreamLoss> Pile { get; } = Points(
    [
        [2.1113, 2.0671, 2.0027, 1.9539, 1.8876, 1.8451],
        [2.0772, 2.0363, 1.9730, 1.9266, 1.8610, 1.8137],
        [2.0544, 2.0128, 1.9509, 1.9040, 1.8394, 1.7938],
        [2.0364, 1.9933, 1.9318, 1.8856, 1.8218, 1.7772],
    ]);

    private static StreamLoss[] Points(double[][] losses) =>
        [.. from row in Enumerable.Range(0, losses.Length) from column in Enumerable.Range(0, losses[row].Length) select new StreamLoss(Parameters[row][column], 1 << row, losses[row][column])];
}
