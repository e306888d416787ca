namespace Vilfredo.Studies.Execution;

/// <summary>Finds the file of a command before it is started, so that a failure can say what is missing.</summary>
internal static class ExecutableSearch
{
    /// <summary>Resolves a command as a shell in the working directory would.</summary>
    /// <param name="command">A name to look up in <paramref name="searchPath"/>, or a path (anything with a slash).</param>
    /// <param name="workingDirectory">The absolute directory against which relative paths count.</param>
    /// <param name="searchPath">The child's <c>PATH</c>.</param>
    /// <param name="problem">Why nothing was found.</param>
    /// <returns>The absolute path, or <see langword="null"/> with a <paramref name="problem"/>.</returns>
    public static string? Find(string command, string workingDirectory, string? searchPath, out string problem)
    {
        problem = "";
        if (command.Contains('/'))
        {
            var path = Path.GetFullPath(Path.Combine(workingDirectory, command));
            if (!IsExecutableFile(path, out problem)) return null;
            return path;
        }

        string? firstRefusal = null;
        foreach (var folder in (searchPath ?? "").Split(':'))
        {
            // An empty entry means the current directory, by an old convention.
            var path = Path.GetFullPath(Path.Combine(workingDirectory, folder, command));
            if (!File.Exists(path)) continue;
            if (IsExecutableFile(path, out problem)) return path;
            firstRefusal ??= problem;
        }

        problem = firstRefusal ?? (string.IsNullOrEmpty(searchPath)
            ? $"the command '{command}' cannot be looked up: PATH is empty; give its full path"
            : $"the command '{command}' is not in PATH ({searchPath}); install it or give its full path");
        return null;
    }

    private static bool IsExecutableFile(string path, out string problem)
    {
        problem = "";
        if (Directory.Exists(path)) problem = $"'{path}' is a directory, not a program";
        else if (!File.Exists(path)) problem = $"there is no file '{path}'";
        else if (LibC.Access(path, LibC.X_OK) != 0) problem = $"'{path}' is not executable; run 'chmod +x' on it, or name its interpreter first";
        return problem.Length == 0;
    }
}
