using System.Globalization;

namespace Vilfredo.IO;

/// <summary>Durations as people write them: <c>500 ms</c>, <c>10 s</c>, <c>5 min</c>, <c>2 h</c>, or a number of seconds.</summary>
public static class Durations
{
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 1e-3), ("min", 60), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    /// <summary>Reads a duration above 0.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var number = (text ?? "").Trim();
        var scale = 1.0;
        foreach (var (suffix, seconds) in Units)
        {
            if (!number.EndsWith(suffix, StringComparison.Ordinal)) continue;
            number = number[..^suffix.Length].TrimEnd();
            scale = seconds;
            break;
        }

        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)) return false;
        if (!(value * scale > 0) || value * scale > TimeSpan.MaxValue.TotalSeconds / 2) return false;
        duration = OfSeconds(value * scale);
        return duration > TimeSpan.Zero;
    }

    /// <summary>The duration nearest to a number of seconds: <see cref="TimeSpan.TotalSeconds"/> reads back to the last tick.</summary>
    public static TimeSpan OfSeconds(double seconds) => new((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    /// <summary>The shortest of the spellings that <see cref="TryParse"/> reads back to the same duration: seconds.</summary>
    public static string Format(TimeSpan duration) => duration.TotalSeconds.ToString("R", CultureInfo.InvariantCulture) + " s";
}
