using System.Text.RegularExpressions;

namespace Vilfredo.Reproductions.Papers;

/// <summary>What can be read in a text about a <see cref="HopWorld"/>: facts as documents state them, what novels say, and conclusions that were drawn before.</summary>
internal sealed partial class HopText
{
    private readonly Dictionary<(string Relation, string Person), string> facts = [];
    private readonly Dictionary<(string Relation, string Person), string> novels = [];
    private readonly Dictionary<(string Relation, string Person), string> conclusions = [];

    public HopText(string text)
    {
        foreach (Match match in Statement().Matches(text))
        {
            var (kind, key, value) = (match.Groups[1].Value, (match.Groups[2].Value, match.Groups[3].Value), match.Groups[4].Value);
            (kind == "The" ? facts : kind == "So the" ? conclusions : novels)[key] = value;
            if (kind != "So the") Seen.Add(value);
        }
    }

    /// <summary>The people that documents have named as somebody's something.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>What was concluded before; later conclusions replace earlier ones.</summary>
    public string? Concluded(string relation, string person) => conclusions.GetValueOrDefault((relation, person));

    /// <summary>What a document says, by either name of the relation.</summary>
    public string? Stated(string relation, string person) => Either(facts, relation, person);

    /// <summary>What a novel says.</summary>
    public string? Told(string relation, string person) => Either(novels, relation, person);

    /// <summary>All statements of a text, conclusions included, as they stand there.</summary>
    public static IEnumerable<string> Statements(string text) => Statement().Matches(text).Select(match => match.Value);

    /// <summary>The relations of a question from the innermost to the outermost, and the person that it begins with.</summary>
    public static (string[] Relations, string Person)? Question(string text)
    {
        if (Asked().Match(text) is not { Success: true } match) return null;
        var parts = match.Groups[1].Value.Split(" of ");
        return ([.. parts[..^1].Select(part => part[4..]).Reverse()], parts[^1]);
    }

    /// <summary>The relations of a plan in its order; null when the text has none.</summary>
    public static string[]? Plan(string text) => Planned().Matches(text) is { Count: > 0 } steps ? [.. steps.Select(step => step.Groups[1].Value)] : null;

    private static string? Either(Dictionary<(string, string), string> known, string relation, string person) =>
        known.GetValueOrDefault((relation, person)) ?? known.GetValueOrDefault((HopWorld.OtherNameOf(relation), person));

    [GeneratedRegex(@"(The|So the|In the novel, the) (\w+) of (\w+) is (\w+)\.")]
    private static partial Regex Statement();

    [GeneratedRegex(@"Who is ((?:the \w+ of )+\w+)\?")]
    private static partial Regex Asked();

    [GeneratedRegex(@"^\d+\. Find the (\w+) of", RegexOptions.Multiline)]
    private static partial Regex Planned();
}
