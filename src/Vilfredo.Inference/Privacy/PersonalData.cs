using System.Text.RegularExpressions;

namespace Vilfredo.Inference.Privacy;

/// <summary>Finds personal data by rules and check digits. Names, addresses and the like have no such form and are not found.</summary>
public static partial class PersonalData
{
    /// <summary>A find.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Start">Where it begins in the text.</param>
    /// <param name="Text">It, as written.</param>
    public readonly record struct Find(PersonalDataKind Kind, int Start, string Text);

    /// <summary>What is found in a text, in its order; finds do not overlap.</summary>
    /// <param name="text">The text.</param>
    /// <param name="kinds">What is looked for.</param>
    public static IReadOnlyList<Find> In(string text, PersonalDataKind kinds = PersonalDataKind.All)
    {
        ArgumentNullException.ThrowIfNull(text);
        var finds = new List<Find>();
        if (kinds.HasFlag(PersonalDataKind.Email))
            finds.AddRange(Email().Matches(text).Select(match => new Find(PersonalDataKind.Email, match.Index, match.Value)));
        if (kinds.HasFlag(PersonalDataKind.Iban))
            finds.AddRange(Free(finds, Iban().Matches(text).Select(match => Longest(PersonalDataKind.Iban, match, IsIban)).OfType<Find>()));
        if (kinds.HasFlag(PersonalDataKind.Card))
            finds.AddRange(Free(finds, Digits().Matches(text).Select(match => Longest(PersonalDataKind.Card, match, IsCard)).OfType<Find>()));
        if (kinds.HasFlag(PersonalDataKind.Phone))
            finds.AddRange(Free(finds, Phone().Matches(text).Where(match => match.Value.Count(char.IsAsciiDigit) is >= 7 and <= 15).Select(match => new Find(PersonalDataKind.Phone, match.Index, match.Value))));
        return [.. finds.OrderBy(find => find.Start)];
    }

    /// <summary>Whether digits, with single blanks or hyphens between them, are the number of a card: 13 to 19, not all equal, whose Luhn sum (each second digit from the right doubled, its digits added) is a multiple of 10.</summary>
    public static bool IsCard(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[] digits = [.. text.Where(char.IsAsciiDigit).Select(digit => digit - '0')];
        if (digits.Length is < 13 or > 19 || digits.Distinct().Count() == 1 || text.Any(character => !char.IsAsciiDigit(character) && character is not (' ' or '-')))
            return false;
        var sum = digits.Reverse().Select((digit, place) => place % 2 == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit).Sum();
        return sum % 10 == 0;
    }

    /// <summary>Whether a text, blanks left out, is an IBAN: two letters, two digits, 11 to 30 letters and digits, and with the first four moved to the end and letters read as 10 to 35 the remainder by 97 is 1.</summary>
    public static bool IsIban(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (letters.Length is < 15 or > 34 || !char.IsAsciiLetter(letters[0]) || !char.IsAsciiLetter(letters[1]) || !char.IsAsciiDigit(letters[2]) || !char.IsAsciiDigit(letters[3]) || !letters.All(char.IsAsciiLetterOrDigit))
            return false;
        var remainder = 0;
        foreach (var character in letters[4..] + letters[..4])
            remainder = ((char.IsAsciiDigit(character) ? (10 * remainder) + character - '0' : (100 * remainder) + character - 'A' + 10)) % 97;
        return remainder == 1;
    }

    // A run may go on past the number: groups are left off its end until the check holds.
    private static Find? Longest(PersonalDataKind kind, Match match, Func<string, bool> holds)
    {
        var text = match.Value;
        while (text.Length > 0)
        {
            if (holds(text))
                return new Find(kind, match.Index, text);
            var gap = text.LastIndexOfAny([' ', '-']);
            text = gap < 0 ? "" : text[..gap].TrimEnd(' ', '-');
        }

        return null;
    }

    private static IEnumerable<Find> Free(List<Find> taken, IEnumerable<Find> finds) =>
        [.. finds.Where(find => !taken.Exists(other => find.Start < other.Start + other.Text.Length && other.Start < find.Start + find.Text.Length))];

    // Bounded repetitions throughout: no text makes these slow.
    [GeneratedRegex(@"(?<![\w.+%-])[A-Za-z0-9_%+-]{1,64}(?:\.[A-Za-z0-9_%+-]{1,64}){0,8}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![\w-])", RegexOptions.CultureInvariant)]
    private static partial Regex Email();

    [GeneratedRegex(@"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}(?: ?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Iban();

    [GeneratedRegex(@"(?<![\w.,+-])[0-9](?:[ -]?[0-9]){12,40}(?![\w]|[.,][0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"(?<![\w.,+/-])(?:(?:\+|00)[1-9][0-9]{0,2}(?:[ ./-]?(?:\([0-9]{1,5}\)|[0-9]{1,12})){1,6}|\(?0[1-9][0-9]{1,4}\)?[ /-][0-9]{2,8}(?:[ -][0-9]{2,6}){0,4}|\(?[2-9][0-9]{2}\)?[ .-][2-9][0-9]{2}[ .-][0-9]{4})(?![\w]|[.,-][0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Phone();
}
