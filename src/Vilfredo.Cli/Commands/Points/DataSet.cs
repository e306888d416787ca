using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>One data set of a file, with its values turned so that all are minimised.</summary>
/// <param name="File">The file it comes from.</param>
/// <param name="Number">Its number within the file, from 1.</param>
/// <param name="Source">The points as the file has them.</param>
/// <param name="Orientation">Which columns are maximised.</param>
/// <param name="Minimised">Row-major values, all to be minimised.</param>
internal sealed record DataSet(PointFile File, int Number, PointSet Source, Orientation Orientation, double[] Minimised)
{
    /// <summary>Values per point.</summary>
    public int Objectives => Source.Columns;

    /// <summary>Where the points stand, for messages: the file, and the data set when there are several.</summary>
    public string Place => File.Sets.Count == 1 ? File.Source : $"{File.Source}, data set {Number}";

    /// <summary>The data sets of several files, in order.</summary>
    public static IReadOnlyList<DataSet> Of(IReadOnlyList<PointFile> files, IReadOnlyList<string>? maximisedColumns)
    {
        var sets = new List<DataSet>();
        foreach (var file in files)
        {
            var orientation = Orientation.Of(file, maximisedColumns);
            for (var i = 0; i < file.Sets.Count; i++)
                sets.Add(new DataSet(file, i + 1, file.Sets[i], orientation, orientation.Flip(file.Sets[i].Values)));
        }

        return sets;
    }
}
