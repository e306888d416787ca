using System.Globalization;

namespace Vilfredo;

/// <summary>Name, unit and rules of one <see cref="CostKind"/>: the one table from which everything else is derived.</summary>
public sealed record CostUnit
{
    private static readonly CostUnit[] Table =
    [
        new(CostKind.WallTime, "wall time", "s", CostCombination.Sum, Scale.Time),
        new(CostKind.CpuTime, "CPU time", "s", CostCombination.Sum, Scale.Time),
        new(CostKind.Flops, "operations", "FLOP", CostCombination.Sum, Scale.Metric),
        new(CostKind.PromptTokens, "prompt tokens", "tokens", CostCombination.Sum, Scale.Count),
        new(CostKind.CompletionTokens, "completion tokens", "tokens", CostCombination.Sum, Scale.Count),
        new(CostKind.Money, "money", "", CostCombination.Sum, Scale.None),
        new(CostKind.Energy, "energy", "J", CostCombination.Sum, Scale.Metric),
        new(CostKind.Carbon, "carbon", "g CO2e", CostCombination.Sum, Scale.Mass),
        new(CostKind.PeakMemory, "peak memory", "B", CostCombination.Maximum, Scale.Metric),
        new(CostKind.Parameters, "parameters", "parameters", CostCombination.Maximum, Scale.Count),
        new(CostKind.BytesSent, "sent", "B", CostCombination.Sum, Scale.Metric),
        new(CostKind.Labels, "labels", "labels", CostCombination.Sum, Scale.Count),
        new(CostKind.Evaluations, "evaluations", "evaluations", CostCombination.Sum, Scale.Count),
    ];

    private readonly Scale scale;

    private CostUnit(CostKind kind, string name, string symbol, CostCombination combination, Scale scale)
    {
        Kind = kind;
        Name = name;
        Symbol = symbol;
        Combination = combination;
        this.scale = scale;
    }

    // Which prefixes people use with a unit.
    private enum Scale
    {
        None,
        Metric,
        Mass,
        Count,
        Time,
    }

    /// <summary>All units, in the order of <see cref="CostKind"/>.</summary>
    public static IReadOnlyList<CostUnit> All => Table;

    /// <summary>The kind of cost.</summary>
    public CostKind Kind { get; }

    /// <summary>What people call it, such as <c>wall time</c>.</summary>
    public string Name { get; }

    /// <summary>The unit that values are stored in, such as <c>s</c>; empty for money, whose currency is with the value.</summary>
    public string Symbol { get; }

    /// <summary>How it combines over time.</summary>
    public CostCombination Combination { get; }

    /// <summary>The unit of a kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such kind.</exception>
    public static CostUnit Of(CostKind kind) => (uint)kind < (uint)Table.Length
        ? Table[(int)kind]
        : throw new ArgumentOutOfRangeException(nameof(kind), kind, "Choose one of the kinds of cost.");

    /// <summary>The combined cost of two things done one after the other.</summary>
    public double Combine(double first, double second) =>
        Combination == CostCombination.Sum ? first + second : Math.Max(first, second);

    /// <summary>An objective that minimises this cost, named and in the unit of the table.</summary>
    /// <param name="currency">The currency, for money.</param>
    public Objective ToObjective(string? currency = null) => Objective.Minimize(Name, Kind == CostKind.Money ? currency : Symbol);

    /// <summary>
    /// A value with three significant digits and a prefix that suits it, invariant: <c>1.2 GFLOP</c>, <c>3.4 MB</c> (10⁶ bytes),
    /// <c>15 ms</c>, <c>1 h 02 min</c>, <c>2.5k tokens</c>; money of at least 1 with two decimals.
    /// </summary>
    /// <param name="value">The value in <see cref="Symbol"/>.</param>
    public string Format(double value) => scale switch
    {
        Scale.Time when value is >= 59.95 and < 1e9 => LongTime(value),
        Scale.Time => Prefixed(value, " ", "s", smallest: -3, largest: 0),
        Scale.Metric => Prefixed(value, " ", Symbol, smallest: Kind == CostKind.Energy ? -2 : 0, largest: 6),
        Scale.Mass when value >= 999.5e3 => Prefixed(value / 1e6, " ", "t CO2e", smallest: 0, largest: 3),
        Scale.Mass => Prefixed(value, " ", Symbol, smallest: -2, largest: 1),
        Scale.Count => Prefixed(value, "", " " + Symbol, smallest: 0, largest: 4),
        _ when value is >= 1 and < 1e15 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => Digits(value),
    };

    /// <summary>As <see cref="Format"/> with the name: <c>wall time 15 ms</c>, <c>2.5k prompt tokens</c>.</summary>
    /// <param name="value">The value in <see cref="Symbol"/>.</param>
    public string FormatWithName(double value) => scale == Scale.Count
        ? Prefixed(value, "", " " + Name, smallest: 0, largest: 4)
        : $"{Name} {Format(value)}";

    // Powers of a thousand from 10^-9 to 10^18; counts are read in thousands, millions, billions and trillions.
    private string Prefixed(double value, string gap, string symbol, int smallest, int largest)
    {
        ReadOnlySpan<string> metric = ["n", "µ", "m", "", "k", "M", "G", "T", "P", "E"];
        ReadOnlySpan<string> counts = ["", "", "", "", "k", "M", "B", "T"];
        var power = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)) / 3);
        power = Math.Clamp(power, smallest, largest);

        // 999.96 rounds to 1000 with three digits: that is 1 of the next prefix.
        if (power < largest && Math.Abs(value) / Math.Pow(1000, power) >= 999.5) power++;
        var prefix = (scale == Scale.Count ? counts : metric)[power + 3];
        return Digits(value / Math.Pow(1000, power)) + gap + prefix + symbol;
    }

    private static string LongTime(double seconds)
    {
        if (seconds < 3600 - 0.5)
        {
            var whole = Math.Round(seconds);
            return FormattableString.Invariant($"{Math.Floor(whole / 60)} min {whole % 60:00} s");
        }

        var minutes = Math.Round(seconds / 60);
        return FormattableString.Invariant($"{Math.Floor(minutes / 60)} h {minutes % 60:00} min");
    }

    // Three significant digits without an exponent as long as that stays readable.
    private static string Digits(double value)
    {
        var size = Math.Abs(value);
        if (size is not 0 and (< 1e-4 or >= 1e6)) return value.ToString("0.##E+0", CultureInfo.InvariantCulture);
        var decimals = size == 0 ? 0 : Math.Max(0, 2 - (int)Math.Floor(Math.Log10(size)));
        return Math.Round(value, Math.Min(decimals, 15)).ToString("0." + new string('#', decimals), CultureInfo.InvariantCulture);
    }
}
