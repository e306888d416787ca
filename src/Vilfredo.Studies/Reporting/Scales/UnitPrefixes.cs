namespace Vilfredo.Studies.Reporting;

/// <summary>Which prefixes a unit may take, and which of them suits a range of values.</summary>
internal static class UnitPrefixes
{
    private const double SmallestShown = 0.01; // below this in the chosen unit, the next smaller prefix reads better
    private const double LargestShown = 1e5;

    private static readonly Prefix[] Small = [new("n", 1e-9), new("µ", 1e-6), new("m", 1e-3)];
    private static readonly Prefix[] Large = [new("k", 1e3), new("M", 1e6), new("G", 1e9), new("T", 1e12), new("P", 1e15)];
    private static readonly Prefix[] Binary =
        [new("Ki", 1024), new("Mi", 1048576), new("Gi", 1073741824), new("Ti", 1099511627776)];

    internal readonly record struct Choice(string? Unit, double Divisor);

    private readonly record struct Prefix(string Symbol, double Factor);

    internal static Choice Choose(string? unit, double smallest, double largest)
    {
        if (string.IsNullOrWhiteSpace(unit))
            return new Choice(null, 1);

        var (symbol, prefixes) = Family(unit);
        if (prefixes.Length == 0)
            return new Choice(unit, 1);

        // The prefix that suits the largest value, then smaller ones while the smallest value is all zeros.
        Prefix[] ladder = [.. prefixes.Where(p => p.Factor < 1), new("", 1), .. prefixes.Where(p => p.Factor > 1)];
        var step = ladder.Length - 1;
        while (step > 0 && largest < ladder[step].Factor)
            step--;
        while (step > 0 && smallest / ladder[step].Factor < SmallestShown && largest / ladder[step - 1].Factor < LargestShown)
            step--;
        return ladder[step].Symbol.Length == 0 ? new Choice(unit, 1) : new Choice(ladder[step].Symbol + symbol, ladder[step].Factor);
    }

    private static (string Symbol, Prefix[] Prefixes) Family(string unit) => unit switch
    {
        "B" or "byte" or "bytes" => ("B", Binary),
        "B/s" or "bytes/s" => ("B/s", Binary),
        "s" or "sec" or "second" or "seconds" => ("s", Small),
        "J" or "Wh" or "W" or "Hz" => (unit, [.. Small, .. Large]),
        "g" => ("g", [.. Small, Large[0]]),
        "b/s" or "bit/s" or "FLOP" or "FLOPs" or "FLOP/s" or "FLOPS" => (unit, Large),
        _ => (unit, []),
    };
}
