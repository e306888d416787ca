namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>The factor s between an orthogonal matrix of m rows and n columns and Muon's step.</summary>
public enum MuonScale
{
    /// <summary>sqrt(max(1, m / n)), as the optimiser's reference implementation; learning rates are about 0.02.</summary>
    RowsOverColumns,

    /// <summary>0.2 sqrt(max(m, n)), which gives a step the root mean square of about 0.2 that AdamW's steps have, so that its learning rate and weight decay serve both (the form of "Muon is scalable", from memory).</summary>
    MatchAdamW,

    /// <summary>1: the learning rate is the spectral norm of a step.</summary>
    None,
}
