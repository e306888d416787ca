using System.Text.RegularExpressions;

namespace Vilfredo.Studies.Execution;

/// <summary>A number in the output, found by a regular expression.</summary>
/// <remarks>
/// <c>^</c> and <c>$</c> match at lines. Patterns are matched in linear time where they can be (no lookaround, no
/// back references), and give up after <see cref="TimeLimit"/> in any case.
/// </remarks>
public sealed record RegexSource : MetricSource
{
    /// <summary>The longest time that looking through one output may take.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(2);

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Multiline;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="pattern">A .NET regular expression.</param>
    /// <param name="group">
    /// Name or number of the group that holds the number; <see langword="null"/> for the group named <c>value</c>, else
    /// the first group, else the whole match.
    /// </param>
    /// <param name="which">Which match counts.</param>
    /// <param name="stream">Where to look.</param>
    /// <exception cref="ArgumentException">The pattern is not a regular expression, or has no such group.</exception>
    public RegexSource(
        string pattern,
        string? group = null,
        MatchChoice which = MatchChoice.Last,
        OutputStream stream = OutputStream.StandardOutput)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        Pattern = pattern;
        Which = which;
        Stream = stream;
        Expression = Compile(pattern);
        var names = Expression.GetGroupNames();
        Group = group ?? (names.Contains("value") ? "value" : names.Length > 1 ? names[1] : "0");
        if (!names.Contains(Group))
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' has no group '{group}'; it has {string.Join(", ", names)} (0 is the whole match).", nameof(group));
        }
    }

    /// <summary>The regular expression.</summary>
    public string Pattern { get; }

    /// <summary>Name or number of the group that holds the number.</summary>
    public string Group { get; }

    /// <summary>Which match counts.</summary>
    public MatchChoice Which { get; }

    /// <summary>Where to look.</summary>
    public OutputStream Stream { get; }

    /// <inheritdoc/>
    public override string Description => $"{(Which == MatchChoice.Last ? "the last" : "the first")} match of /{Pattern}/";

    internal Regex Expression { get; }

    /// <summary>Equal when they find the same.</summary>
    public bool Equals(RegexSource? other) =>
        other is not null && Pattern == other.Pattern && Group == other.Group && Which == other.Which && Stream == other.Stream;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Pattern, Group, Which, Stream);

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, Options | RegexOptions.NonBacktracking, TimeLimit);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, Options, TimeLimit); // lookaround, back references or a pattern too large for automata
        }
    }
}
