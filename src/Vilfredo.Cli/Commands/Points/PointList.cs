using Vilfredo.Cli.Errors;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>A single point given on the command line, such as <c>--reference 1,1</c>.</summary>
internal static class PointList
{
    /// <summary>Reads finite numbers separated by commas, semicolons or blanks, one per objective.</summary>
    /// <param name="option">The option, for messages.</param>
    /// <param name="text">What was given.</param>
    /// <param name="file">The file whose columns the point must match.</param>
    /// <exception cref="UserErrorException">A value is not a finite number, or the count is wrong.</exception>
    public static double[] Parse(string option, string text, PointFile file)
    {
        var parts = text.Split([',', ';', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var values = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (NumberText.Parse(parts[i], out values[i]) != NumberProblem.None || !double.IsFinite(values[i]))
            {
                throw new UserErrorException(
                    $"{option}: \"{parts[i]}\" is not a finite number", $"Write one number per objective: {Model(option, file)}.");
            }
        }

        return values.Length == file.Columns
            ? values
            : throw new UserErrorException(
                $"{option}: {Count(values.Length, "value")} given ({text}), but {file.Source} has {Count(file.Columns, "column")}",
                $"Give one number per objective: {Model(option, file)}.");
    }

    /// <summary>An option as it should look for a file, such as <c>--reference R1,R2</c>.</summary>
    public static string Model(string option, PointFile file) =>
        $"{option} {string.Join(',', Enumerable.Range(1, file.Columns).Select(i => file.Names?[i - 1] ?? $"R{i}"))}";

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
