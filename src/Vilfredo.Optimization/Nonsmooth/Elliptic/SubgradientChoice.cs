namespace Vilfredo.Optimization.Nonsmooth.Elliptic;

/// <summary>The derivative of kappa max(0, y) that is used where y is 0: any from 0 to kappa gives a generalised gradient.</summary>
public enum SubgradientChoice
{
    /// <summary>0.</summary>
    Zero,

    /// <summary>Half of kappa.</summary>
    Half,

    /// <summary>Kappa.</summary>
    Kappa,
}
