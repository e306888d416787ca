using System.Text.Json.Serialization;

namespace Vilfredo;

/// <summary>
/// What something cost, in every kind that was measured. <see langword="null"/> is "not measured", which is not zero.
/// </summary>
/// <remarks>
/// <para>There are two ways to combine. <see cref="Add"/> (and <c>+</c>) takes two complete accounts, one after the other: a
/// kind that one of them did not measure is unknown in the whole, because the true total is larger than what was seen.
/// <see cref="AddKnown"/> takes two partial reports of one account, such as the tokens from a provider and the time from a
/// clock: a kind that one of them leaves out is not its business, and the other's value stands.</para>
/// <para>Peak memory and parameters combine by maximum, everything else by sum; see <see cref="CostUnit"/>. Values are finite
/// and at least 0. JSON leaves unknown kinds out and round-trips to the last bit.</para>
/// </remarks>
public sealed record CostVector
{
    /// <summary>Nothing was measured.</summary>
    public static readonly CostVector Unknown = new();

    /// <summary>Elapsed time in seconds.</summary>
    [JsonPropertyName("wallTimeSeconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? WallTimeSeconds { get; init => field = Checked(value, CostKind.WallTime); }

    /// <summary>Processor time over all threads, in seconds.</summary>
    [JsonPropertyName("cpuTimeSeconds"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CpuTimeSeconds { get; init => field = Checked(value, CostKind.CpuTime); }

    /// <summary>Floating-point operations.</summary>
    [JsonPropertyName("flops"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Flops { get; init => field = Checked(value, CostKind.Flops); }

    /// <summary>Tokens read by a language model.</summary>
    [JsonPropertyName("promptTokens"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PromptTokens { get; init => field = Checked(value, CostKind.PromptTokens); }

    /// <summary>Tokens written by a language model.</summary>
    [JsonPropertyName("completionTokens"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CompletionTokens { get; init => field = Checked(value, CostKind.CompletionTokens); }

    /// <summary>Money in one currency.</summary>
    [JsonPropertyName("money"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Money? Money { get; init; }

    /// <summary>Energy in joules.</summary>
    [JsonPropertyName("energyJoules"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EnergyJoules { get; init => field = Checked(value, CostKind.Energy); }

    /// <summary>Greenhouse gases in grams of CO2 equivalent.</summary>
    [JsonPropertyName("carbonGrams"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? CarbonGrams { get; init => field = Checked(value, CostKind.Carbon); }

    /// <summary>The largest memory in use at one time, in bytes.</summary>
    [JsonPropertyName("peakMemoryBytes"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PeakMemoryBytes { get; init => field = Checked(value, CostKind.PeakMemory); }

    /// <summary>Parameters of the model in use.</summary>
    [JsonPropertyName("parameters"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Parameters { get; init => field = Checked(value, CostKind.Parameters); }

    /// <summary>Bytes sent over a network.</summary>
    [JsonPropertyName("bytesSent"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BytesSent { get; init => field = Checked(value, CostKind.BytesSent); }

    /// <summary>Labels asked of an annotator.</summary>
    [JsonPropertyName("labels"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Labels { get; init => field = Checked(value, CostKind.Labels); }

    /// <summary>Evaluations of an objective, a simulator or a verifier.</summary>
    [JsonPropertyName("evaluations"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Evaluations { get; init => field = Checked(value, CostKind.Evaluations); }

    /// <summary>Prompt and completion tokens together; unknown when one of them is.</summary>
    [JsonIgnore]
    public double? Tokens => PromptTokens + CompletionTokens;

    /// <summary>Whether nothing was measured.</summary>
    [JsonIgnore]
    public bool IsUnknown => Equals(Unknown);

    /// <summary>The value of a kind in the unit of <see cref="CostUnit"/>, or <see langword="null"/> when it was not measured.</summary>
    public double? this[CostKind kind] => kind switch
    {
        CostKind.WallTime => WallTimeSeconds,
        CostKind.CpuTime => CpuTimeSeconds,
        CostKind.Flops => Flops,
        CostKind.PromptTokens => PromptTokens,
        CostKind.CompletionTokens => CompletionTokens,
        CostKind.Money => Money?.Amount,
        CostKind.Energy => EnergyJoules,
        CostKind.Carbon => CarbonGrams,
        CostKind.PeakMemory => PeakMemoryBytes,
        CostKind.Parameters => Parameters,
        CostKind.BytesSent => BytesSent,
        CostKind.Labels => Labels,
        CostKind.Evaluations => Evaluations,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Choose one of the kinds of cost."),
    };

    /// <summary>The account of two complete accounts, one after the other; see <see cref="Add"/>.</summary>
    public static CostVector operator +(CostVector left, CostVector right)
    {
        ArgumentNullException.ThrowIfNull(left);
        return left.Add(right);
    }

    /// <summary>The cost of doing it a number of times; see <see cref="Multiply"/>.</summary>
    public static CostVector operator *(CostVector cost, double factor)
    {
        ArgumentNullException.ThrowIfNull(cost);
        return cost.Multiply(factor);
    }

    /// <summary>A cost of one kind.</summary>
    /// <param name="kind">Any kind but money, which needs its currency: use <c>new CostVector { Money = … }</c>.</param>
    /// <param name="value">In the unit of <see cref="CostUnit"/>; finite and at least 0.</param>
    public static CostVector Of(CostKind kind, double value)
    {
        if (kind == CostKind.Money) throw new ArgumentException("Money needs a currency; use new CostVector { Money = new Money(…) }.", nameof(kind));
        CostUnit.Of(kind);
        return FromValues(k => k == kind ? value : null, null);
    }

    /// <summary>The account of several complete accounts, one after the other; nothing is known of none.</summary>
    public static CostVector Sum(IEnumerable<CostVector> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        CostVector? sum = null;
        foreach (var cost in costs) sum = sum is null ? cost : sum.Add(cost);
        return sum ?? Unknown;
    }

    /// <summary>Two complete accounts, one after the other: a kind that is unknown in one is unknown in the whole.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public CostVector Add(CostVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FromValues(
            kind => this[kind] is { } x && other[kind] is { } y ? CostUnit.Of(kind).Combine(x, y) : null,
            Money is { } mine && other.Money is { } theirs ? mine + theirs : null);
    }

    /// <summary>Two partial reports of one account: a kind that is unknown in one has the other's value.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public CostVector AddKnown(CostVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return FromValues(
            kind => this[kind] is { } x && other[kind] is { } y ? CostUnit.Of(kind).Combine(x, y) : this[kind] ?? other[kind],
            Money is { } mine && other.Money is { } theirs ? mine + theirs : Money ?? other.Money);
    }

    /// <summary>
    /// The cost of doing it <paramref name="factor"/> times (or a share of it): sums are multiplied; peak memory and parameters
    /// stay as they are.
    /// </summary>
    /// <param name="factor">Finite and at least 0.</param>
    public CostVector Multiply(double factor)
    {
        if (!double.IsFinite(factor) || factor < 0)
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A cost is multiplied by a finite number of at least 0.");
        return FromValues(
            kind => CostUnit.Of(kind).Combination == CostCombination.Sum ? this[kind] * factor : this[kind],
            Money is { } money ? new Money(money.Amount * factor, money.Currency) : null);
    }

    /// <summary>
    /// What was added since an earlier reading of the same account: sums are subtracted, a kind that was unknown then counts from
    /// zero; peak memory and parameters are those of now.
    /// </summary>
    /// <exception cref="ArgumentException">The earlier reading is larger somewhere, or in another currency.</exception>
    public CostVector Since(CostVector earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        double? Difference(CostKind kind)
        {
            if (CostUnit.Of(kind).Combination != CostCombination.Sum || earlier[kind] is not { } before) return this[kind];
            if (this[kind] is { } now && now >= before) return now - before;
            throw new ArgumentException(
                $"The earlier reading has {CostUnit.Of(kind).FormatWithName(before)}, more than this one; pass the readings of one meter in order.",
                nameof(earlier));
        }

        if (Money is { } money && earlier.Money is { } other && money.Currency != other.Currency)
            throw new ArgumentException($"The readings are in {money.Currency} and {other.Currency}; convert one first.", nameof(earlier));
        return FromValues(Difference, Difference(CostKind.Money) is { } amount ? new Money(amount, Money!.Value.Currency) : null);
    }

    /// <summary>The known kinds with units: <c>wall time 1.2 s, operations 3.4 GFLOP, 0.02 USD</c>; <c>not measured</c> when none is.</summary>
    public override string ToString()
    {
        var parts = CostUnit.All
            .Where(unit => this[unit.Kind] is not null)
            .Select(unit => unit.Kind == CostKind.Money ? Money.ToString() : unit.FormatWithName(this[unit.Kind]!.Value))
            .ToArray();
        return parts.Length > 0 ? string.Join(", ", parts) : "not measured";
    }

    internal static double Checked(double value, CostKind kind) => double.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(
            nameof(value), value,
            $"A cost ({CostUnit.Of(kind).Name}) is finite and at least 0; leave what was not measured null, and give what was cut off as a CensoredValue.");

    internal static CostVector FromValues(Func<CostKind, double?> value, Money? money) => new()
    {
        WallTimeSeconds = value(CostKind.WallTime),
        CpuTimeSeconds = value(CostKind.CpuTime),
        Flops = value(CostKind.Flops),
        PromptTokens = value(CostKind.PromptTokens),
        CompletionTokens = value(CostKind.CompletionTokens),
        Money = money,
        EnergyJoules = value(CostKind.Energy),
        CarbonGrams = value(CostKind.Carbon),
        PeakMemoryBytes = value(CostKind.PeakMemory),
        Parameters = value(CostKind.Parameters),
        BytesSent = value(CostKind.BytesSent),
        Labels = value(CostKind.Labels),
        Evaluations = value(CostKind.Evaluations),
    };

    private static double? Checked(double? value, CostKind kind) => value is { } number ? Checked(number, kind) : null;
}
