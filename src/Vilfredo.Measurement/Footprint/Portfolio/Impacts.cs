namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>An amount of each criterion.</summary>
/// <param name="Energy">Final energy, kWh.</param>
/// <param name="Climate">kg CO2e.</param>
/// <param name="Water">m3 e.</param>
/// <param name="PrimaryEnergy">MJ.</param>
/// <param name="Resources">kg Sb e.</param>
public readonly record struct Impacts(double Energy, double Climate, double Water, double PrimaryEnergy, double Resources)
{
    /// <summary>All criteria, in the order of <see cref="ImpactCriterion"/>.</summary>
    public static IReadOnlyList<ImpactCriterion> Criteria { get; } = Enum.GetValues<ImpactCriterion>();

    /// <summary>The amount of a criterion.</summary>
    public double this[ImpactCriterion criterion] => criterion switch
    {
        ImpactCriterion.Energy => Energy,
        ImpactCriterion.Climate => Climate,
        ImpactCriterion.Water => Water,
        ImpactCriterion.PrimaryEnergy => PrimaryEnergy,
        ImpactCriterion.Resources => Resources,
        _ => throw new ArgumentOutOfRangeException(nameof(criterion), criterion, "Choose a criterion of ImpactCriterion."),
    };

    /// <summary>Both together.</summary>
    public static Impacts operator +(Impacts left, Impacts right) => new(
        left.Energy + right.Energy, left.Climate + right.Climate, left.Water + right.Water, left.PrimaryEnergy + right.PrimaryEnergy, left.Resources + right.Resources);

    /// <summary>As many times.</summary>
    public static Impacts operator *(Impacts impacts, double factor) => new(
        impacts.Energy * factor, impacts.Climate * factor, impacts.Water * factor, impacts.PrimaryEnergy * factor, impacts.Resources * factor);

    /// <summary>Both together.</summary>
    public Impacts Add(Impacts other) => this + other;

    /// <summary>As many times.</summary>
    public Impacts Multiply(double factor) => this * factor;

    /// <summary>The unit of a criterion.</summary>
    public static string Unit(ImpactCriterion criterion) => criterion switch
    {
        ImpactCriterion.Energy => "kWh",
        ImpactCriterion.Climate => "kg CO2e",
        ImpactCriterion.Water => "m3 e",
        ImpactCriterion.PrimaryEnergy => "MJ",
        _ => "kg Sb e",
    };

    /// <summary>What people call a criterion.</summary>
    public static string Name(ImpactCriterion criterion) => criterion switch
    {
        ImpactCriterion.Energy => "energy",
        ImpactCriterion.Climate => "climate",
        ImpactCriterion.Water => "water",
        ImpactCriterion.PrimaryEnergy => "primary energy",
        _ => "resources",
    };
}
