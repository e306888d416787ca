namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>How <see cref="Muon"/> makes a step of a gradient. The defaults are those of its reference implementation.</summary>
public sealed record MuonOptions
{
    /// <summary>The memory of the mean of gradients, in [0, 1).</summary>
    public double Momentum { get; init; } = 0.95;

    /// <summary>Whether the step looks ahead along the momentum.</summary>
    public bool Nesterov { get; init; } = true;

    /// <summary>The iterations of <see cref="NewtonSchulz"/>. At least 1.</summary>
    public int Iterations { get; init; } = 5;

    /// <summary>The coefficients of the iteration.</summary>
    public (double A, double B, double C) Coefficients { get; init; } = NewtonSchulz.MuonCoefficients;

    /// <summary>Whether steps are orthogonalised exactly, by <see cref="PolarFactor"/>, and not by <see cref="Iterations"/>: slower by far, for checks that the iteration is enough.</summary>
    public bool IsExact { get; init; }

    /// <summary>The size of a step.</summary>
    public MuonScale Scale { get; init; } = MuonScale.RowsOverColumns;
}
