using System.CommandLine;
using Vilfredo.Cli.Commands.Points;
using Vilfredo.Cli.Errors;

namespace Vilfredo.Cli.Commands.Indicators;

/// <summary>The reference point of the hypervolume; there is no default, since every value depends on it.</summary>
internal static class ReferencePoint
{
    private const string Name = "--reference";

    /// <summary>The option <c>--reference</c>.</summary>
    public static Option<string> Option() => new(Name, "-r")
    {
        HelpName = "R1,R2,...",
        Description = "A point worse than every point of interest, one number per objective, in the user's direction. Needed.",
    };

    /// <summary>The reference point for a data set, turned so that it is minimised.</summary>
    /// <exception cref="UserErrorException">It is missing, malformed or of the wrong length.</exception>
    public static double[] For(DataSet set, string? given) => given is null
        ? throw new UserErrorException(
            $"{Name} is missing: a hypervolume is measured up to a reference point",
            $"Give a point that is worse than all points in every objective: {PointList.Model(Name, set.File)}. "
            + "Use the same one for everything you compare.")
        : set.Orientation.Flip(PointList.Parse(Name, given, set.File));
}
