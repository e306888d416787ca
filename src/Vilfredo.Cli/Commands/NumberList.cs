using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands;

/// <summary>Numbers given in one option, separated by commas.</summary>
internal static class NumberList
{
    /// <summary>Reads finite numbers; a quotient such as <c>1/3</c> is one too.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="text">What was given.</param>
    /// <exception cref="UserErrorException">There is no number, or a part is none.</exception>
    public static double[] Parse(string option, string text) => Array.ConvertAll(text.Split(',', StringSplitOptions.TrimEntries), part =>
        TryNumber(part, out var value) ? value : throw new UserErrorException($"{option}: \"{part}\" is not a finite number", "Separate several numbers by commas."));

    /// <summary>Reads whole numbers.</summary>
    /// <inheritdoc cref="Parse"/>
    public static long[] ParseIntegers(string option, string text) => Array.ConvertAll(text.Split(',', StringSplitOptions.TrimEntries), part =>
        long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new UserErrorException($"{option}: \"{part}\" is not a whole number", "Separate several numbers by commas."));

    private static bool TryNumber(string text, out double value)
    {
        value = 0;
        var parts = text.Split('/');
        if (parts.Length > 2) return false;
        foreach (var part in parts)
            if (NumberText.Parse(part, out var number) != NumberProblem.None || !double.IsFinite(number)) return false;
        NumberText.Parse(parts[0], out value);
        if (parts.Length == 1) return true;
        NumberText.Parse(parts[1], out var divisor);
        value /= divisor;
        return double.IsFinite(value);
    }
}
