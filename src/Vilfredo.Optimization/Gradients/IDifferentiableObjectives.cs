namespace Vilfredo.Optimization.Gradients;

/// <summary>Several objectives that are computed together with their gradients, all minimised.</summary>
public interface IDifferentiableObjectives
{
    /// <summary>n, the number of variables.</summary>
    int Variables { get; }

    /// <summary>m, the number of objectives.</summary>
    int Objectives { get; }

    /// <summary>Writes the objectives and their gradients.</summary>
    /// <param name="x">n values.</param>
    /// <param name="values">m values; overwritten.</param>
    /// <param name="gradients">m x n, row-major; overwritten.</param>
    void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> gradients);

    /// <summary>Changes whenever an evaluation changed the functions themselves, as a surrogate that has learnt does; else always 0.</summary>
    int Revision => 0;
}
