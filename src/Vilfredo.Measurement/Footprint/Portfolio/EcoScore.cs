namespace Vilfredo.Measurement.Footprint.Portfolio;

/// <summary>A letter for the energy of an inference (arXiv 2501.14334): A below 1e-8 kWh, then a letter per factor of ten, G from 1e-3 kWh on.</summary>
public static class EcoScore
{
    /// <summary>The letter of an energy.</summary>
    /// <param name="kilowattHours">kWh per inference, at least 0.</param>
    public static char Of(double kilowattHours)
    {
        Quantity.NotNegative(kilowattHours, nameof(kilowattHours), "kWh");
        var letter = 'A';
        for (var bound = 1e-8; letter < 'G' && kilowattHours >= bound; bound *= 10) letter++;
        return letter;
    }
}
