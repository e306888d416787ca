namespace Vilfredo.Measurement.Footprint.Requests;

/// <summary>What an amount of greenhouse gases compares to.</summary>
public static class Equivalents
{
    /// <summary>g CO2e per km of a passenger car in the EU (Green Algorithms).</summary>
    public const double CarGramsPerKilometre = 175;

    /// <summary>g CO2e that a mature tree binds in a month (Green Algorithms).</summary>
    public const double TreeGramsPerMonth = 917;

    /// <summary>Kilometres by car.</summary>
    public static double CarKilometres(double grams) => Quantity.NotNegative(grams, nameof(grams), "g") / CarGramsPerKilometre;

    /// <summary>Months that a tree needs to bind it.</summary>
    public static double TreeMonths(double grams) => Quantity.NotNegative(grams, nameof(grams), "g") / TreeGramsPerMonth;
}
