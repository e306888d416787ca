using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>How study files spell the sources of numbers.</summary>
internal static class MetricSourceNames
{
    private static readonly (string Name, MetricSource Source)[] Simple =
    [
        ("wall_time", new WallTimeSource()),
        ("cpu_time", new CpuTimeSource()),
        ("peak_memory", new PeakMemorySource()),
        ("exit_code", new ExitCodeSource()),
        ("output_size", new OutputSizeSource()),
    ];

    private static readonly (string Name, OutputStream Stream)[] Streams =
        [("stdout", OutputStream.StandardOutput), ("stderr", OutputStream.StandardError), ("both", OutputStream.Both)];

    /// <summary>The names of the sources that need no settings.</summary>
    public static IEnumerable<string> All => Simple.Select(s => s.Name);

    /// <summary>The source of a name, if there is one.</summary>
    public static MetricSource? Find(string name) => Simple.FirstOrDefault(s => s.Name == name).Source;

    /// <summary>The name of a source that needs no settings.</summary>
    public static string? NameOf(MetricSource source) => Simple.FirstOrDefault(s => s.Source.Equals(source)).Name;

    /// <summary>A regular expression with its settings as written.</summary>
    /// <exception cref="ArgumentException">A setting has no such value.</exception>
    public static MetricSource Regex(string pattern, string? group, string? match, string? stream) => new RegexSource(
        pattern,
        group,
        match switch
        {
            null or "last" => MatchChoice.Last,
            "first" => MatchChoice.First,
            _ => throw new ArgumentException($"'match' must be first or last, not {match}."),
        },
        StreamOf(stream));

    /// <summary>A JSON path with its settings as written.</summary>
    /// <exception cref="ArgumentException">A setting has no such value.</exception>
    public static MetricSource Json(string path, string? stream) => new JsonPathSource(path, StreamOf(stream));

    /// <summary>The settings of a source that needs some.</summary>
    public static IEnumerable<(string Key, string Value)> SettingsOf(MetricSource source)
    {
        switch (source)
        {
            case RegexSource regex:
                yield return ("regex", regex.Pattern);
                yield return ("group", regex.Group);
                yield return ("match", regex.Which == MatchChoice.First ? "first" : "last");
                yield return ("stream", NameOf(regex.Stream));
                break;
            case JsonPathSource json:
                yield return ("json", json.Path);
                yield return ("stream", NameOf(json.Stream));
                break;
            case FileSizeSource file:
                yield return ("file_size", file.Path);
                break;
            default:
                throw new ArgumentException($"The source {source.GetType().Name} has no spelling in study files.", nameof(source));
        }
    }

    private static OutputStream StreamOf(string? name)
    {
        if (name is null) return OutputStream.StandardOutput;
        foreach (var (known, stream) in Streams)
        {
            if (known == name) return stream;
        }

        throw new ArgumentException($"'stream' must be stdout, stderr or both, not {name}.");
    }

    private static string NameOf(OutputStream stream) => Streams.First(s => s.Stream == stream).Name;
}
