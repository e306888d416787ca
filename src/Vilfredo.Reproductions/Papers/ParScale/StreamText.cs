using System.Globalization;
using System.Text;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A generated language with more to know than a small model holds: sentences of a grammar over invented words, each with its own likely successors and facts, between sums and products modulo 97.</summary>
internal sealed class StreamText
{
    private const int Modulus = 97;
    private const string Consonants = "bdfgklmnprstvz", Vowels = "aeiou";

    private readonly string[] nouns, verbs, adjectives, names, places, trades;
    private readonly int[][] verbsOf, objectsOf, adjectivesOf;
    private readonly int[] placeOf, tradeOf;

    /// <summary>A language; another generator gives another one.</summary>
    public StreamText(RandomGenerator random)
    {
        string[] Words(int count, int syllables) => [.. Enumerable.Range(0, count).Select(_ => string.Concat(Enumerable.Range(0, syllables).Select(_ => $"{Consonants[random.NextInt32(Consonants.Length)]}{Vowels[random.NextInt32(Vowels.Length)]}")))];
        int[][] Choices(int count, int each, int of) => [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, each).Select(_ => random.NextInt32(of)).ToArray())];
        int[] One(int count, int of) => [.. Choices(count, 1, of).Select(choice => choice[0])];
        (nouns, verbs, adjectives) = (Words(60, 2), Words(30, 2), Words(20, 2));
        (names, places, trades) = (Words(80, 3), Words(30, 3), Words(20, 2));
        (verbsOf, objectsOf, adjectivesOf) = (Choices(nouns.Length, 2, verbs.Length), Choices(verbs.Length, 3, nouns.Length), Choices(nouns.Length, 2, adjectives.Length));
        (placeOf, tradeOf) = (One(names.Length, places.Length), One(names.Length, trades.Length));
    }

    /// <summary>ASCII codes of so many characters.</summary>
    public int[] Tokens(int count, RandomGenerator random)
    {
        var text = new StringBuilder();
        while (text.Length < count)
            text.Append(Line(random)).Append('\n');
        return [.. text.ToString(0, count).Select(character => (int)character)];
    }

    /// <summary>One line without its end.</summary>
    public string Line(RandomGenerator random)
    {
        var (kind, a, b) = (random.NextInt32(10), random.NextInt32(100), random.NextInt32(100));
        if (kind < 2)
            return string.Create(CultureInfo.InvariantCulture, $"{a}+{b}={a + b}");
        if (kind < 4)
            return string.Create(CultureInfo.InvariantCulture, $"{a}*{b}={a * b % Modulus}");
        var name = random.NextInt32(names.Length);
        if (kind < 7)
            return $"{names[name]} of {places[placeOf[name]]} is {trades[tradeOf[name]]}";
        var subject = random.NextInt32(nouns.Length);
        var verb = Of(verbsOf[subject]);
        var target = Of(objectsOf[verb]);
        return $"the {adjectives[Of(adjectivesOf[subject])]} {nouns[subject]} {verbs[verb]} the {adjectives[Of(adjectivesOf[target])]} {nouns[target]}";

        int Of(int[] choices) => choices[random.NextInt32(choices.Length)];
    }
}
