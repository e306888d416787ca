using Vilfredo.Cli.Errors;

namespace Vilfredo.Cli.Commands;

/// <summary>Opens a file the user named; what can go wrong there is the user's to mend.</summary>
internal static class InputFile
{
    /// <summary>Opens and reads the file with <paramref name="read"/>.</summary>
    /// <exception cref="UserErrorException">There is no such file, it is a directory, or it may not be read.</exception>
    public static T Open<T>(string path, Func<string, T> read)
    {
        if (path.Length == 0)
            throw new UserErrorException("the name of a file is empty", "Name a file, or - for standard input.");
        if (Directory.Exists(path))
            throw new UserErrorException($"{path}: is a directory", "Name a file, or - for standard input.");
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserErrorException($"{path}: no such file", $"The current directory is {Environment.CurrentDirectory}.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: may not be read", "Change its permissions, or run as a user who may read it.");
        }
    }
}
