using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>Which columns of a file are maximised; the library minimises, so those change their sign on the way in.</summary>
internal sealed class Orientation
{
    private readonly bool[] _maximised;

    private Orientation(bool[] maximised) => _maximised = maximised;

    /// <summary>The option <c>--maximise</c>, also spelt <c>--maximize</c>.</summary>
    public static Option<string[]> Option() => new("--maximise", "--maximize")
    {
        HelpName = "COLUMNS",
        Arity = ArgumentArity.ZeroOrMore,
        Description = "Columns in which larger is better: numbers from 1 or names of the header, separated by commas; or all.",
    };

    /// <summary>Whether any column is maximised.</summary>
    public bool MaximisesAny => _maximised.Contains(true);

    /// <summary>Resolves the values of the option for the columns of a file.</summary>
    /// <exception cref="UserErrorException">A column does not exist or is named twice.</exception>
    public static Orientation Of(PointFile file, IReadOnlyList<string>? columns)
    {
        var maximised = new bool[file.Columns];
        foreach (var column in (columns ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries)))
        {
            // A column that is really called "all" is meant by its name.
            if (column == "all" && file.Names?.Contains(column) != true)
            {
                Array.Fill(maximised, true);
                continue;
            }

            maximised[IndexOf(file, column)] = true;
        }

        return new Orientation(maximised);
    }

    /// <summary>A copy of row-major values in which maximised columns have changed their sign. Its own inverse.</summary>
    public double[] Flip(ReadOnlySpan<double> values)
    {
        var flipped = values.ToArray();
        for (var column = 0; column < _maximised.Length; column++)
        {
            if (!_maximised[column])
                continue;

            // 0 - x rather than -x: a zero stays a positive zero and prints as 0.
            for (var i = column; i < flipped.Length; i += _maximised.Length)
                flipped[i] = 0 - flipped[i];
        }

        return flipped;
    }

    /// <summary>
    /// A copy of row-major positive values in which maximised columns hold the reciprocal: ratios between points turn
    /// over just as differences do under <see cref="Flip"/>.
    /// </summary>
    public double[] Invert(ReadOnlySpan<double> values)
    {
        var inverted = values.ToArray();
        for (var i = 0; i < inverted.Length; i++)
        {
            // Zero and negative values stay as they are, for the measure to refuse by the number the user wrote.
            if (_maximised[i % _maximised.Length] && inverted[i] > 0)
                inverted[i] = 1 / inverted[i];
        }

        return inverted;
    }

    private static int IndexOf(PointFile file, string column)
    {
        if (file.Names is { } names)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i] == column)
                    return i;
            }
        }

        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= file.Columns)
        {
            return number - 1;
        }

        var known = file.Names is null ? "it has no header" : $"its header names {string.Join(", ", file.Names)}";
        var mend = $"Give numbers from 1 to {file.Columns}, names of the header, or all.";
        var near = Suggestion.For(column, file.Names ?? []);
        throw new UserErrorException(
            $"--maximise: {file.Source} has no column \"{column}\" ({known})", near is null ? mend : $"{near} {mend}");
    }
}
