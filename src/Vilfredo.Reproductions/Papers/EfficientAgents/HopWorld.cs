using Vilfredo.Inference.Agents.Search;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// A generated world of people and who is whose mentor, rival and so on, in short documents of two sources, with questions that take
/// several look-ups. Nobody can know its facts without looking them up.
/// </summary>
/// <remarks>
/// 400 people, 12 relations, one document per person in each source. A fact is in the first source with a chance of 90 %, and in the second
/// with 50 %, or for certain when it is not in the first. 30 % of the facts are worded by the relation's other name. 30 % of all documents
/// are about novels with characters of the same names: they begin their sentences with "In the novel" and say other things.
/// </remarks>
internal sealed class HopWorld
{
    public const int People = 400;
    private const double InFirst = 0.9, InBoth = 0.5, OtherName = 0.3, NovelShare = 0.3;
    private const int SnippetLength = 110;
    private const int FactsOfNovel = 4;

    private static readonly (string Name, string Other)[] Relations =
    [
        ("mentor", "guide"), ("rival", "opponent"), ("founder", "creator"), ("neighbour", "adjoiner"), ("editor", "reviser"), ("patron", "sponsor"),
        ("heir", "successor"), ("partner", "associate"), ("doctor", "physician"), ("tutor", "coach"), ("captain", "skipper"), ("architect", "designer"),
    ];

    private readonly int[,] values = new int[People, Relations.Length];

    public HopWorld(RandomGenerator random)
    {
        Names = DrawNames(random);
        for (var person = 0; person < People; person++)
        {
            for (var relation = 0; relation < Relations.Length; relation++)
            {
                do values[person, relation] = random.NextInt32(People);
                while (values[person, relation] == person);
            }
        }

        Sources = Write(random);
    }

    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<ISearchSource> Sources { get; }

    /// <summary>The other name of a relation, whichever of the two is given.</summary>
    public static string OtherNameOf(string relation)
    {
        var (name, other) = Relations.First(one => one.Name == relation || one.Other == relation);
        return relation == name ? other : name;
    }

    /// <summary>Questions of all levels in turn: chains of 1 or 2, 3 or 4, and 5 or 6 relations, along which nobody comes twice.</summary>
    public IReadOnlyList<HopQuestion> Ask(int count, RandomGenerator random)
    {
        var questions = new List<HopQuestion>();
        while (questions.Count < count)
        {
            var level = 1 + questions.Count % 3;
            var hops = 2 * level - random.NextInt32(2);
            var (person, met) = (random.NextInt32(People), new HashSet<int>());
            met.Add(person);
            var question = Names[person];
            for (var hop = 0; hop < hops; hop++)
            {
                var relation = random.NextInt32(Relations.Length);
                question = $"the {Relations[relation].Name} of {question}";
                person = values[person, relation];
                if (!met.Add(person)) break;
            }

            if (met.Count == hops + 1)
                questions.Add(new($"{questions.Count}", $"Who is {question}?", Names[person], level));
        }

        return questions;
    }

    private static string[] DrawNames(RandomGenerator random)
    {
        string[] starts = ["Ba", "Ce", "Do", "Fi", "Gu", "Ha", "Je", "Ko", "Li", "Mu", "Na", "Pe", "Ro", "Si", "Tu", "Va", "We", "Yo", "Zi", "Bru"];
        string[] middles = ["lan", "mer", "nik", "ros", "tul", "var", "del", "gin", "kos", "pur"];
        string[] ends = ["a", "o", "is", "ek", "on", "um", "et", "ar"];
        var names = (from start in starts from middle in middles from end in ends select start + middle + end).ToArray();
        random.Shuffle(names.AsSpan());
        return names[..People];
    }

    private CorpusSource[] Write(RandomGenerator random)
    {
        List<SearchDocument>[] documents = [[], []];
        for (var person = 0; person < People; person++)
        {
            List<string>[] sentences = [[], []];
            for (var relation = 0; relation < Relations.Length; relation++)
            {
                var word = random.NextBoolean(OtherName) ? Relations[relation].Other : Relations[relation].Name;
                var sentence = $"The {word} of {Names[person]} is {Names[values[person, relation]]}.";
                var isFirst = random.NextBoolean(InFirst);
                if (isFirst) sentences[0].Add(sentence);
                if (!isFirst || random.NextBoolean(InBoth)) sentences[1].Add(sentence);
            }

            for (var source = 0; source < 2; source++) Add(source, $"p{person}", Names[person], sentences[source]);
        }

        var novels = (int)Math.Round(2 * People * NovelShare / (1 - NovelShare));
        for (var novel = 0; novel < novels; novel++)
        {
            var name = Names[random.NextInt32(People)];
            Add(random.NextInt32(2), $"n{novel}", $"{name} (novel)", [.. Enumerable.Range(0, FactsOfNovel).Select(_ =>
                $"In the novel, the {Relations[random.NextInt32(Relations.Length)].Name} of {name} is {Names[random.NextInt32(People)]}.")]);
        }

        return [new("almanac", documents[0], SnippetLength), new("archive", documents[1], SnippetLength)];

        void Add(int source, string id, string title, List<string> text)
        {
            var shuffled = text.ToArray();
            random.Shuffle(shuffled.AsSpan());
            documents[source].Add(new(id, title, string.Join(' ', shuffled)));
        }
    }
}
