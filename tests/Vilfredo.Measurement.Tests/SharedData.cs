namespace Vilfredo.Measurement.Tests;

/// <summary>Files of others that are not part of the project; tests that read them are skipped where they are absent.</summary>
internal static class SharedData
{
    /// <summary>The full path of a file in a folder <c>shared/data</c> next to or above the tests; skips the test without it.</summary>
    public static string File(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", relative);
            if (System.IO.File.Exists(path)) return path;
        }

        Assert.Skip($"shared/data/{relative} is not on this machine.");
        return "";
    }
}
