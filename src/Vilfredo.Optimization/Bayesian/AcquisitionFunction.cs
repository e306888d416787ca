namespace Vilfredo.Optimization.Bayesian;

/// <summary>What a Bayesian optimiser maximises to choose the next point.</summary>
public enum AcquisitionFunction
{
    /// <summary>
    /// The logarithm of the expected gain of hypervolume over a front that is itself uncertain, by quasi-Monte-Carlo samples; right
    /// for noisy values and for batches; for up to five objectives, where a proposal takes seconds. Daulton, Balandat and Bakshy, NeurIPS 2021; Ament et al., NeurIPS 2023.
    /// </summary>
    NoisyHypervolume,

    /// <summary>
    /// The exact expected gain of hypervolume over the front as measured, for up to three objectives. Emmerich, Deutz and
    /// Klinkenberg, CEC 2011; Yang, Emmerich, Deutz and Back 2019.
    /// </summary>
    Hypervolume,

    /// <summary>
    /// The expected improvement of an augmented Tchebycheff scalarisation with weights drawn anew for each point. Knowles 2006.
    /// </summary>
    ParEgo,

    /// <summary>
    /// The optimum of functions drawn from the posterior, under a hypervolume scalarisation with weights drawn anew for each point.
    /// Thompson sampling after Paria, Kandasamy and Poczos, UAI 2020, and Zhang and Golovin, ICML 2020.
    /// </summary>
    ThompsonSampling,

    /// <summary>
    /// Of the front of optimistic predictions, the point with the largest product of standard deviations (USeMO). Belakaria,
    /// Deshwal, Jayakodi and Doppa, AAAI 2020.
    /// </summary>
    Uncertainty,
}
