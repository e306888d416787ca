namespace Vilfredo.Studies.Execution;

/// <summary>
/// A number in a JSON document on standard output: the whole output when it is one document, else the last document
/// that begins a line (JSON lines, or a report after log lines).
/// </summary>
public sealed record JsonPathSource : MetricSource
{
    /// <summary>Parses a path.</summary>
    /// <param name="path">
    /// The singular part of JSONPath (RFC 9535, 2.3): <c>$.metrics.accuracy</c>, <c>$.folds[0].loss</c>, <c>$.runs[-1]</c>
    /// (from the end), <c>$['name with spaces']</c>. The leading <c>$</c> may be left out.
    /// </param>
    /// <param name="stream">Where to look.</param>
    /// <exception cref="ArgumentException">The path is malformed, or could select several values.</exception>
    public JsonPathSource(string path, OutputStream stream = OutputStream.StandardOutput)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Path = path;
        Stream = stream;
        Steps = JsonPath.Parse(path);
    }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>Where to look.</summary>
    public OutputStream Stream { get; }

    /// <inheritdoc/>
    public override string Description => $"the JSON value {Path}";

    internal JsonPath Steps { get; }

    /// <summary>Equal when they find the same.</summary>
    public bool Equals(JsonPathSource? other) => other is not null && Path == other.Path && Stream == other.Stream;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Stream);
}
