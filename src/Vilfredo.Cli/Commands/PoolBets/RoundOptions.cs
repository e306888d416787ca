using System.CommandLine;
using System.Globalization;
using Vilfredo.Cli.Errors;
using Vilfredo.IO;
using Vilfredo.Measurement.PoolBets;
using Vilfredo.Measurement.PoolBets.Rounds;

namespace Vilfredo.Cli.Commands.PoolBets;

/// <summary>The file of played matches and what makes a round of them.</summary>
internal sealed class RoundOptions
{
    private readonly Argument<string> file = new("matches") { HelpName = "MATCHES", Description = "The played matches; - is standard input." };

    private readonly Option<string> rounds = new("--rounds")
    {
        HelpName = "DIVISION:N,...",
        Description = "How many matches of which division make a round; N alone without divisions.",
        DefaultValueFactory = _ => "D1:9,D2:4",
    };

    /// <summary>Adds argument and option to a command.</summary>
    public RoundOptions(Command command)
    {
        command.Add(file);
        command.Add(rounds);
    }

    /// <summary>How many matches a round has.</summary>
    public int Matches(ParseResult parse) => Composition(parse.GetRequiredValue(rounds)).Sum(part => part.Matches);

    /// <summary>Reads the rounds, at least one.</summary>
    public IReadOnlyList<PoolRound> Read(ParseResult parse, DevigMethod method)
    {
        var path = parse.GetRequiredValue(file);
        var played = InputFile.Open(path, p =>
        {
            using var reader = CsvReader.Open(p);
            return MatchFile.ReadPlayed(reader);
        });
        return Rounds(path, played, Composition(parse.GetRequiredValue(rounds)), method);
    }

    private static IReadOnlyList<PoolRound> Rounds(
        string path, IReadOnlyList<PlayedMatch> played, List<(string Division, int Matches)> composition, DevigMethod method)
    {
        if (method == DevigMethod.Shin && played.FirstOrDefault(match => match.Odds.Overround < 1) is { } fair)
        {
            throw new UserErrorException(
                FormattableString.Invariant($"{path}: the reciprocals of odds of {fair.Date:yyyy-MM-dd} sum to {fair.Odds.Overround:G6}, below 1: there is no margin for Shin's model"),
                "Take --devig proportional or power.");
        }

        var rounds = PoolRound.Weekly(played, composition, DayOfWeek.Friday, method);
        if (rounds.Count > 0) return rounds;
        var wanted = string.Join(" and ", composition.Select(part => $"{part.Matches} matches of {(part.Division.Length > 0 ? part.Division : "no division")}"));
        var divisions = string.Join(", ", played.Select(match => match.Division).Distinct().Select(name => name.Length > 0 ? name : "none").Order());
        throw new UserErrorException($"{path}: no week has {wanted}", $"The divisions in the file: {divisions}.");
    }

    private static List<(string Division, int Matches)> Composition(string text)
    {
        var parts = new List<(string Division, int Matches)>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var colon = part.LastIndexOf(':');
            if (!int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 20)
                throw new UserErrorException($"--rounds: \"{part}\" is not DIVISION:N with N from 1 to 20", "Such as D1:9,D2:4, or 9 for a file without divisions.");
            parts.Add((colon < 0 ? "" : part[..colon], count));
        }

        return parts;
    }
}
