using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A world in words: every word is a token.</summary>
internal sealed class WorldText
{
    /// <summary>Fills up, and begins what a decoder reads.</summary>
    public const int Padding = 0;

    /// <summary>Ends a target.</summary>
    public const int End = 1;

    private const int Join = 2; // "&&" between sentences
    private const int Sentinels = 40; // beyond the longest line of five sentences
    private const int SentencesPerLine = 5;

    private readonly Dictionary<string, int> words = [];
    private readonly ComplementaryDenoising denoising;
    private readonly CommonsenseWorld world;
    private readonly int firstThing;

    public WorldText(CommonsenseWorld world)
    {
        this.world = world;
        foreach (var (phrase, question) in CommonsenseWorld.Relations)
            _ = Words($"{phrase} {question} one-day people say that ?");
        firstThing = Join + 1 + words.Count;
        Vocabulary = firstThing + world.Things + (CommonsenseWorld.Relations.Count - 1) * CommonsenseWorld.ValuesPerRelation + Sentinels;
        denoising = new(Vocabulary - 1, Sentinels, [Padding, End]);
    }

    /// <summary>The number of ids, sentinels included.</summary>
    public int Vocabulary { get; }

    /// <summary>The word of a fact's object: the answer to its question.</summary>
    public int Answer(WorldFact fact) => fact.Relation == 0 ? firstThing + fact.Object : firstThing + world.Things + (fact.Relation - 1) * CommonsenseWorld.ValuesPerRelation + fact.Object;

    /// <summary>A fact as a sentence.</summary>
    public IReadOnlyList<int> Sentence(WorldFact fact) => [firstThing + fact.Subject, .. Words(CommonsenseWorld.Relations[fact.Relation].Phrase), Answer(fact)];

    /// <summary>One pass over the knowledge: each fact once, up to five of a thing in a line, with a fresh draw of hidden words.</summary>
    public IReadOnlyList<(IReadOnlyList<int> Source, IReadOnlyList<int> Target)> Infusion(RandomGenerator random)
    {
        var pairs = new List<(IReadOnlyList<int>, IReadOnlyList<int>)>();
        foreach (var thing in world.Knowledge.GroupBy(fact => fact.Subject))
        {
            WorldFact[] facts = [.. thing];
            random.Shuffle(facts.AsSpan());
            foreach (var line in facts.Chunk(SentencesPerLine))
                pairs.Add(denoising.Pair([.. line.SelectMany((fact, i) => i == 0 ? Sentence(fact) : [Join, .. Sentence(fact)]), End], random));
        }

        return pairs;
    }

    /// <summary>Question and story, and the answer.</summary>
    public (IReadOnlyList<int> Source, IReadOnlyList<int> Target) Pair(WorldQuestion question) => (
        [
            .. Words(CommonsenseWorld.Relations[question.Fact.Relation].Question), firstThing + question.Fact.Subject, .. Words("?"), .. Words("one-day"), .. Sentence(question.First), Join,
            .. Words("people say that"), .. Sentence(question.Second), End,
        ],
        [Answer(question.Fact), End]);

    private int[] Words(string text) => [.. text.Split(' ').Select(word =>
    {
        if (!words.TryGetValue(word, out var id))
            words.Add(word, id = Join + 1 + words.Count);
        return id;
    })];
}
