using System.CommandLine;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The front that an indicator compares with: all points of one file.</summary>
internal sealed class ReferenceSet
{
    private const string Name = "--reference-set";

    private readonly PointFile _file;

    private ReferenceSet(PointFile file) => _file = file;

    /// <summary>The option <c>--reference-set</c>.</summary>
    public static Option<string> Option() => new(Name, "-r")
    {
        HelpName = "FILE",
        Description = "The true or best known front; its data sets count as one. Needed.",
    };

    /// <summary>Reads the file the option names.</summary>
    /// <exception cref="UserErrorException">The option is missing, or the file cannot be read.</exception>
    public static ReferenceSet Read(string? path) => path is null
        ? throw new UserErrorException(
            $"{Name} is missing: there is nothing to compare the points with",
            $"Name a file with the true or best known front: {Name} FILE. "
            + "Without one, take the best of all runs: vilfredo filter --union RUNS > FILE")
        : new ReferenceSet(PointInput.Read(path));

    /// <summary>The points of the set, turned like the data set by <paramref name="turn"/>.</summary>
    /// <exception cref="UserErrorException">The numbers of columns differ.</exception>
    public double[] For(DataSet set, Func<ReadOnlySpan<double>, double[]> turn)
    {
        if (_file.Columns != set.Objectives)
        {
            throw new UserErrorException(
                $"{Name}: {_file.Source} has {_file.Columns} columns, but {set.File.Source} has {set.Objectives}",
                "Both need one column per objective, in the same order.");
        }

        return _file.Sets.SelectMany(part => turn(part.Values)).ToArray();
    }
}
