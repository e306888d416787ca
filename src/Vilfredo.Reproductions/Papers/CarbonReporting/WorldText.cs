using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A world in words: every word is a token.</summary>
internal sealed class WorldText
{
    /// <summary>Fills up, and begins what a decoder reads.</summary>
    public const int Padding = 0;

    /// <summary>Ends a target.</summary>
    public const int End = 1;

    /// <summary>Sentinels at the end of the vocabulary, as many as the longest sentence has words and more.</summary>
    public const int Sentinels = 8;

    private const int Join = 2; // "&&" between the sentences of a story

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

    /// <summary>One pass over the knowledge: a sentence per fact, as in the commonsense sentences of the paper's final runs, with a fresh draw of hidden words.</summary>
    public IReadOnlyList<(IReadOnlyList<int> Source, IReadOnlyList<int> Target)> Infusion(RandomGenerator random) =>
        [.. world.Knowledge.Select(fact => denoising.Pair([.. Sentence(fact), End], random))];

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
