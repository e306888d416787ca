using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;

namespace Vilfredo.Cli.Commands.Points;

/// <summary>Files of points on the command line.</summary>
internal static class PointInput
{
    /// <summary>The argument for one file.</summary>
    public static Argument<string> File() => new("file")
    {
        HelpName = "FILE",
        Description = "Points, one per line; blank lines separate data sets; - reads standard input.",
    };

    /// <summary>The argument for one or more files.</summary>
    public static Argument<string[]> Files() => new("files")
    {
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        Description = "Points, one per line; blank lines separate data sets; - reads standard input.",
    };

    /// <summary>Reads a file that must hold at least one point.</summary>
    /// <exception cref="UserErrorException">The file cannot be read or holds no points.</exception>
    /// <exception cref="InputFormatException">A line is malformed.</exception>
    public static PointFile Read(string path, PointFileOptions? options = null)
    {
        var file = InputFile.Open(path, name => PointFile.Read(name, options));
        return file.Sets.Count > 0 ? file : throw NoPoints(file.Source);
    }

    /// <summary>Reads several files, each of which must hold at least one point.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<PointFile> ReadAll(IReadOnlyList<string> paths, PointFileOptions? options = null)
    {
        if (paths.Count(path => path == PointFile.StandardInput) > 1)
            throw new UserErrorException("standard input (-) is named twice", "It can be read only once; save it in a file.");
        return paths.Select(path => Read(path, options)).ToList();
    }

    private static UserErrorException NoPoints(string source) =>
        new($"{source}: no points", "Write one point per line, its values separated by blanks or commas.");
}
