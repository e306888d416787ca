namespace Vilfredo.Optimization.Gradients.Descents;

/// <summary>How the gradients of several objectives become the direction of a descent.</summary>
public enum DescentMethod
{
    /// <summary>MGDA (<see cref="Gradients.MultipleGradientDescent"/>): every step lowers all objectives.</summary>
    MultipleGradientDescent,

    /// <summary>PCGrad (<see cref="Gradients.ProjectedConflicts"/>): every step lowers the mean of the objectives.</summary>
    ProjectedConflicts,

    /// <summary>CAGrad (<see cref="Gradients.ConflictAverse"/>): every step lowers the mean of the objectives; all starts end where that is least.</summary>
    ConflictAverse,

    /// <summary>Nash-MTL (<see cref="Gradients.NashBargaining"/>): every step lowers all objectives.</summary>
    NashBargaining,

    /// <summary>Each start has weights of its own and lowers the weighted sum.</summary>
    WeightedSum,
}
