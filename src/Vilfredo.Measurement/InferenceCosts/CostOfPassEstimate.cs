namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>A pooled cost of pass: mean cost of an attempt over success rate, with its uncertainty.</summary>
public sealed record CostOfPassEstimate
{
    /// <summary>Mean cost over success rate.</summary>
    public required PassCost Value { get; init; }

    /// <summary>The interval's lower end.</summary>
    public required PassCost Lower { get; init; }

    /// <summary>The interval's upper end; infinite when the attempts do not rule out that it never passes.</summary>
    public required PassCost Upper { get; init; }

    /// <summary>The probability with which such intervals cover the true value.</summary>
    public required double Level { get; init; }

    /// <summary>The number of attempts.</summary>
    public required int Attempts { get; init; }

    /// <summary>How many of them passed.</summary>
    public required int Passes { get; init; }

    /// <summary>The mean cost of an attempt.</summary>
    public required Money MeanCost { get; init; }

    /// <summary>The share of attempts that passed.</summary>
    public double PassRate => (double)Passes / Attempts;

    /// <summary>
    /// The share of resamples without a single pass, ((n − s) / n)^n for s passes in n attempts: when it exceeds half of
    /// 1 − <see cref="Level"/>, the upper end is infinite or close to it.
    /// </summary>
    public double InfiniteShare => Math.Pow(1 - PassRate, Attempts);

    /// <summary>For example <c>0.98 USD [0.85 USD, 1.15 USD] (95 %, 88 of 165 passed)</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Value} [{Lower}, {Upper}] ({Level * 100:G4} %, {Passes} of {Attempts} passed)");
}
