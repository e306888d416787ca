using System.Text;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Text in a language that is made up from a seed: words of syllables with Zipf's frequencies, endings that agree in number and tense, nested phrases,
/// paragraphs with a topic and with people who come back. Bytes have to be learned in that order, as in natural text, and nobody owns it.
/// </summary>
internal sealed class InventedLanguage
{
    private const int Topics = 12, NounsOfTopic = 40, VerbsOfTopic = 20;

    private static readonly string[] Onsets = ["b", "br", "d", "f", "g", "gl", "h", "k", "kr", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr", "v", "z", ""];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "ai", "ou"];
    private static readonly string[] Codas = ["", "", "", "l", "n", "r", "s", "t", "nd", "sk"];

    private readonly RandomGenerator random;
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);
    private readonly string[] names, adjectives, adverbs, numbers;
    private readonly string[][] nouns, verbs;
    private readonly string the, some, and, that, of, near, not, says, it, they, plural, present, past;

    /// <summary>A language; the same generator then draws its texts.</summary>
    public InventedLanguage(RandomGenerator random)
    {
        this.random = random;
        string[] small = [.. Enumerable.Range(0, 13).Select(_ => Word(1))];
        (the, some, and, that, of, near, not, says, it, they, plural, present, past) =
            (small[0], small[1], small[2], small[3], small[4], small[5], small[6], small[7], small[8], small[9], small[10], small[11], small[12]);
        names = [.. Enumerable.Range(0, 40).Select(_ => Word(2)).Select(word => char.ToUpperInvariant(word[0]) + word[1..])];
        adjectives = [.. Enumerable.Range(0, 80).Select(_ => Word(2))];
        adverbs = [.. Enumerable.Range(0, 30).Select(_ => Word(2))];
        numbers = [.. Enumerable.Range(0, 10).Select(_ => Word(1))];
        nouns = [.. Enumerable.Range(0, Topics).Select(_ => Enumerable.Range(0, NounsOfTopic).Select(_ => Word(1 + random.NextInt32(3))).ToArray())];
        verbs = [.. Enumerable.Range(0, Topics).Select(_ => Enumerable.Range(0, VerbsOfTopic).Select(_ => Word(1 + random.NextInt32(2))).ToArray())];
    }

    /// <summary>The next text of the language, in ASCII.</summary>
    /// <param name="length">Its bytes.</param>
    public int[] Text(int length)
    {
        var text = new StringBuilder(length + 1000);
        while (text.Length < length)
            Paragraph(text);
        return [.. text.ToString(0, length).Select(character => (int)character)];
    }

    private void Paragraph(StringBuilder text)
    {
        var scene = new Scene(random.NextInt32(Topics), random.NextBoolean(), [.. Enumerable.Range(0, 2).Select(_ => names[Zipf(names.Length)])]);
        var sentences = 3 + random.NextInt32(5);
        for (var i = 0; i < sentences; i++)
        {
            var words = new List<string>();
            if (random.NextBoolean(0.2))
                words.AddRange([scene.People[random.NextInt32(2)], Ended(says, scene.InPast ? past : present), "\"" + that]);
            var quotes = words.Count > 0;
            Clause(words, scene, depth: 0);
            words[0] = char.ToUpperInvariant(words[0][0]) + words[0][1..];
            text.AppendJoin(' ', words).Append(quotes ? ".\"" : ".").Append(i == sentences - 1 ? "\n\n" : " ");
        }
    }

    private void Clause(List<string> words, Scene scene, int depth)
    {
        var several = Subject(words, scene, depth);
        Predicate(words, scene, several, depth);
        if (depth == 0 && random.NextBoolean(0.25))
        {
            words.Add(and);
            Predicate(words, scene, several, depth);
        }
    }

    /// <summary>A noun phrase, a person or a pronoun; whether it is several.</summary>
    private bool Subject(List<string> words, Scene scene, int depth)
    {
        switch (random.NextDouble())
        {
            case < 0.25:
                words.Add(scene.People[random.NextInt32(2)]);
                return false;
            case < 0.4:
                var several = random.NextBoolean();
                words.Add(several ? they : it);
                return several;
            default:
                return Phrase(words, scene, depth);
        }
    }

    private bool Phrase(List<string> words, Scene scene, int depth)
    {
        var several = random.NextBoolean(0.35);
        words.Add(random.NextBoolean(0.7) ? the : some);
        if (several && random.NextBoolean(0.3))
            words.Add(numbers[Zipf(numbers.Length)]);
        if (random.NextBoolean(0.35))
            words.Add(adjectives[Zipf(adjectives.Length)]);
        var noun = nouns[scene.Topic][Zipf(NounsOfTopic)];
        words.Add(several ? Ended(noun, plural) : noun);
        if (depth >= 2)
            return several;
        if (random.NextBoolean(0.15))
        {
            words.Add(random.NextBoolean() ? of : near);
            Phrase(words, scene, depth + 1);
        }
        else if (random.NextBoolean(0.12))
        {
            words.Add(that);
            Predicate(words, scene, several, depth + 1);
        }

        return several;
    }

    private void Predicate(List<string> words, Scene scene, bool several, int depth)
    {
        if (random.NextBoolean(0.12))
            words.Add(not);
        // Each verb of a topic takes an object, or does not; it is the language's, not the sentence's.
        var verb = Zipf(VerbsOfTopic);
        var word = verbs[scene.Topic][verb];
        words.Add(scene.InPast ? Ended(word, past) : several ? word : Ended(word, present));
        if (verb % 3 != 0)
            Phrase(words, scene, depth + 1);
        if (random.NextBoolean(0.2))
            words.Add(adverbs[Zipf(adverbs.Length)]);
    }

    /// <summary>A word with an ending; of two vowels that meet the word's own goes.</summary>
    private static string Ended(string word, string ending) =>
        "aeiou".Contains(word[^1], StringComparison.Ordinal) && "aeiou".Contains(ending[0], StringComparison.Ordinal) ? word[..^1] + ending : word + ending;

    /// <summary>An index below a count, with a probability that falls as 1 / (index + 2).</summary>
    private int Zipf(int count)
    {
        var index = (int)(2 * Math.Pow((count + 2) / 2.0, random.NextDouble())) - 2;
        return Math.Clamp(index, 0, count - 1);
    }

    private string Word(int syllables)
    {
        while (true)
        {
            var word = string.Concat(Enumerable.Range(0, syllables).Select(_ => Of(Onsets) + Of(Vowels))) + Of(Codas);
            if (word.Length > 1 && taken.Add(word))
                return word;
        }

        string Of(string[] sounds) => sounds[Zipf(sounds.Length)];
    }

    private sealed record Scene(int Topic, bool InPast, string[] People);
}
