using System.IO.Enumeration;
using Vilfredo.Cli.Errors;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The studies that one side of a comparison names: one, a list with commas, or a pattern.</summary>
internal sealed class StudyGroup
{
    /// <summary>Finds the studies and reads their frontiers.</summary>
    /// <param name="side">A or B, as tables call the side.</param>
    /// <param name="given">What the command line says.</param>
    /// <param name="store">The file of studies.</param>
    /// <exception cref="UserErrorException">There is no such study, or no study matches a pattern.</exception>
    public StudyGroup(string side, string given, SqliteStorage store)
    {
        (Side, Given) = (side, given);
        Names = Resolve(given, store.List());
        Frontiers =
        [
            .. Names.Select(name =>
            {
                using var study = StudyStore.Open(store, name);
                return StudyFrontier.Of(study);
            }),
        ];
    }

    /// <summary>A or B.</summary>
    public string Side { get; }

    /// <summary>What the command line says.</summary>
    public string Given { get; }

    /// <summary>The names of the studies, each once.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Their frontiers, in the same order.</summary>
    public IReadOnlyList<StudyFrontier> Frontiers { get; }

    private static string[] Resolve(string given, IReadOnlyList<string> known)
    {
        // A study may have a comma or a star in its name.
        if (known.Contains(given)) return [given];
        var names = given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(item => Match(item, known)).Distinct().ToArray();
        return names.Length > 0 ? names : throw new UserErrorException($"\"{given}\" names no study", Hint(known));
    }

    private static string[] Match(string item, IReadOnlyList<string> known)
    {
        if (known.Contains(item) || item.AsSpan().IndexOfAny('*', '?') < 0) return [item];
        var matches = known.Where(name => FileSystemName.MatchesSimpleExpression(item, name, ignoreCase: false)).ToArray();
        return matches.Length > 0 ? matches : throw new UserErrorException($"no study matches \"{item}\"", Hint(known));
    }

    private static string Hint(IReadOnlyList<string> known) => known.Count == 0 ? "The file holds no studies yet." : $"There are: {string.Join(", ", known)}.";
}
