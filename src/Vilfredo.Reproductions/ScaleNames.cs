namespace Vilfredo.Reproductions;

/// <summary>How a scale is written in commands, files and pages.</summary>
public static class ScaleNames
{
    /// <summary>For example <c>quick</c>.</summary>
    public static string ToName(this Scale scale) => scale.ToString().ToLowerInvariant();
}
