namespace Vilfredo.Measurement.CodeEfficiency.Running.Sandbox;

/// <summary>A folder of one run, that only this user can enter: the request, the answers, and the sample's empty working directory.</summary>
internal sealed class ExchangeFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vilfredo-code-");

    public ExchangeFolder()
    {
        Directory.CreateDirectory(Work);
        File.WriteAllBytes(Answers, []);
        File.WriteAllBytes(Request, []);
    }

    public string Request => Path.Combine(folder.FullName, "request.json");

    public string Answers => Path.Combine(folder.FullName, "answers.jsonl");

    /// <summary>Further files that the host needs to start.</summary>
    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public string Work => Path.Combine(folder.FullName, "work");

    public void Dispose()
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be removed (Windows: still open for a moment) is left to the system's cleaning of temporary files.
        }
    }
}
