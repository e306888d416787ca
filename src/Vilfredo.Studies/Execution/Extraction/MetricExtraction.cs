using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vilfredo.Studies.Execution;

/// <summary>Takes the value of an objective from a finished run.</summary>
public static class MetricExtraction
{
    /// <summary>Lines of output that an error quotes.</summary>
    private const int QuotedLines = 3;

    /// <summary>Takes one number.</summary>
    /// <param name="source">Where it comes from.</param>
    /// <param name="result">
    /// The run. Numbers are only taken from runs that ended by themselves, whatever their exit code; the costs of one
    /// stopped at a limit are lower bounds, for the caller to record as such.
    /// </param>
    /// <param name="directory">The trial's directory, against which files are resolved.</param>
    /// <returns>A finite number, or what was looked for and what was there.</returns>
    public static MetricReading Extract(MetricSource source, ProcessResult result, string directory)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(directory);
        if (result.Outcome is not (ProcessOutcome.Exited or ProcessOutcome.Signaled))
            return MetricReading.Missing($"there is no value for {source.Description}: {result.Message}");

        return source switch
        {
            RegexSource regex => FromStreams(regex, regex.Stream, result, output => Match(regex, output)),
            JsonPathSource json => FromStreams(json, json.Stream, result, output => Find(json, output)),
            ExitCodeSource => result.ExitCode is { } code
                ? MetricReading.Of(code)
                : MetricReading.Missing($"there is no exit code: {result.Message}"),
            WallTimeSource => MetricReading.Of(result.WallTime.TotalSeconds),
            CpuTimeSource => MetricReading.Of(result.CpuTime.TotalSeconds),
            PeakMemorySource => result.PeakMemoryBytes is { } bytes
                ? MetricReading.Of(bytes)
                : MetricReading.Missing("the peak memory is unknown: the process was gone before it could be looked at; give it more work"),
            OutputSizeSource => MetricReading.Of(result.StandardOutput.TotalBytes),
            FileSizeSource file => FileSize(file, directory),
            _ => throw new ArgumentException($"The source {source.GetType().Name} is not known here.", nameof(source)),
        };
    }

    /// <summary>A found number, a definite error, or neither: look elsewhere.</summary>
    private readonly record struct Finding(MetricReading? Reading, string NotFound = "");

    private static MetricReading FromStreams(MetricSource source, OutputStream stream, ProcessResult result, Func<CapturedOutput, Finding> look)
    {
        var finding = new Finding();
        if (stream != OutputStream.StandardError) finding = look(result.StandardOutput);
        if (finding.Reading is null && stream != OutputStream.StandardOutput) finding = look(result.StandardError);
        if (finding.Reading is { IsNumber: true } number) return number;
        var place = stream switch
        {
            OutputStream.StandardOutput => "standard output",
            OutputStream.StandardError => "standard error",
            _ => "standard output or standard error",
        };
        var problem = finding.Reading?.Error ?? finding.NotFound;
        return MetricReading.Missing($"looked for {source.Description} in {place}: {problem}{Quote(stream, result)}");
    }

    private static Finding Match(RegexSource source, CapturedOutput output)
    {
        try
        {
            var found = FindMatch(source, output);
            if (found is null)
                return new Finding(null, output.IsTruncated ? $"no match ({output.OmittedBytes} bytes in the middle were not kept)" : "no match");
            var group = found.Groups[source.Group];
            if (!group.Success) return new Finding(MetricReading.Missing($"the match has no text in its group {source.Group}"));
            return new Finding(NumberText.TryParse(group.Value, out var value, out var problem)
                ? MetricReading.Of(value)
                : MetricReading.Missing($"'{Shorten(group.Value)}' {problem}"));
        }
        catch (RegexMatchTimeoutException)
        {
            return new Finding(MetricReading.Missing(
                $"the pattern took longer than {RegexSource.TimeLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s; make it simpler"));
        }
    }

    private static Match? FindMatch(RegexSource source, CapturedOutput output)
    {
        var start = Stopwatch.GetTimestamp();
        var stretches = output.WholeLines();
        if (source.Which == MatchChoice.First)
            return stretches.Select(text => source.Expression.Match(text)).FirstOrDefault(match => match.Success);

        foreach (var text in stretches.Reverse())
        {
            Match? last = null;
            for (var match = source.Expression.Match(text); match.Success; match = match.NextMatch())
            {
                last = match;
                // Each match has its own limit; this is the one for all of them.
                if (Stopwatch.GetElapsedTime(start) > RegexSource.TimeLimit) throw new RegexMatchTimeoutException();
            }

            if (last is not null) return last;
        }

        return null;
    }

    private static Finding Find(JsonPathSource source, CapturedOutput output)
    {
        using var document = JsonOutput.FindLast(output.WholeLines()[^1], out var problem);
        if (document is null) return new Finding(null, problem);
        if (!source.Steps.TryFind(document.RootElement, out var found, out problem)) return new Finding(null, problem);
        if (found.ValueKind != JsonValueKind.Number)
            return new Finding(MetricReading.Missing($"{source.Path} is {JsonPath.Kind(found)}, not a number"));
        return new Finding(NumberText.TryParse(found.GetRawText(), out var value, out problem)
            ? MetricReading.Of(value)
            : MetricReading.Missing($"{Shorten(found.GetRawText())} {problem}"));
    }

    private static MetricReading FileSize(FileSizeSource source, string directory)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetFullPath(directory), source.Path));
        if (new FileInfo(path) is { Exists: true } file) return MetricReading.Of(file.Length);
        if (Directory.Exists(path)) return MetricReading.Missing($"looked for {source.Description}, but '{path}' is a directory");
        return MetricReading.Missing($"looked for {source.Description}, but there is no '{path}'{Neighbors(path)}");
    }

    private static string Neighbors(string path)
    {
        const int shown = 5;
        var folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder)) return $"; its directory is missing too";
        var names = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Take(shown + 1).ToList();
        if (names.Count == 0) return "; its directory is empty";
        return $"; its directory has {string.Join(", ", names.Take(shown))}{(names.Count > shown ? ", ..." : "")}";
    }

    private static string Quote(OutputStream stream, ProcessResult result)
    {
        var lines = stream switch
        {
            OutputStream.StandardOutput => result.StandardOutput.LastLines(QuotedLines),
            OutputStream.StandardError => result.StandardError.LastLines(QuotedLines),
            _ => result.LastLines,
        };
        return lines.Count == 0 ? "; nothing was printed there" : $"; the last lines are: {string.Join(" | ", lines.TakeLast(QuotedLines))}";
    }

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
