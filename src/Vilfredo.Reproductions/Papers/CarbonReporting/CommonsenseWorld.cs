namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// A made-up world of things, kinds of things and families of kinds. Things have properties of their own and those of their kind and family. Most facts stand in a knowledge text, each in several wordings;
/// some stand nowhere, and of those that follow from a thing's kind or family half are left out. A word is a token, a question a sentence with a mark in the place of the property.
/// </summary>
internal sealed class CommonsenseWorld
{
    /// <summary>Ids: what fills up and begins a target, what ends a text, and what begins a source.</summary>
    public const int Padding = 0, End = 1, Begin = 2;

    /// <summary>The sentinels of denoising, the last ids of the vocabulary.</summary>
    public const int Sentinels = 12;

    private const int Families = 3, KindsOfFamily = 2, ThingsOfKind = 8;
    private const double ToldOwn = 0.75, ToldInherited = 0.5;

    private readonly RandomGenerator random;
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal) { ["<start>"] = Padding, ["<end>"] = End, ["<text>"] = Begin };
    private readonly Dictionary<(string Subject, Relation Relation), Fact> facts = [];
    private readonly string[] things;

    /// <summary>A world; another generator gives another one.</summary>
    public CommonsenseWorld(RandomGenerator random)
    {
        this.random = random;
        var families = Named("family", Families);
        var kinds = Named("kind", Families * KindsOfFamily);
        things = Named("thing", Families * KindsOfFamily * ThingsOfKind);
        foreach (var family in families)
            Add(family, Relation.Family, Drawn(Relation.Family), isTold: true);
        foreach (var (i, kind) in kinds.Index())
        {
            Add(kind, Relation.Kind, families[i / KindsOfFamily], isTold: true);
            foreach (var relation in Relation.OfKinds)
                Add(kind, relation, Drawn(relation), isTold: true);
        }

        foreach (var (i, thing) in things.Index())
        {
            var kind = kinds[i / ThingsOfKind];
            Add(thing, Relation.Kind, kind, isTold: true);
            foreach (var relation in Relation.Own)
                Add(thing, relation, Drawn(relation), random.NextBoolean(ToldOwn));
            foreach (var relation in Relation.OfKinds)
                Add(thing, relation, facts[(kind, relation)].Value, random.NextBoolean(ToldInherited));
            Add(thing, Relation.Family, facts[(families[i / ThingsOfKind / KindsOfFamily], Relation.Family)].Value, random.NextBoolean(ToldInherited));
        }

        foreach (var wording in Relation.All.SelectMany(relation => relation.Values.Concat(relation.Wordings).Concat(relation.Questions)).Append("."))
            Ids(wording);
        random.Shuffle(things.AsSpan());
        VocabularySize = ids.Count + Sentinels;
    }

    /// <summary>The ids of words and sentinels.</summary>
    public int VocabularySize { get; }

    /// <summary>All facts, told or not.</summary>
    public IReadOnlyCollection<Fact> Facts => facts.Values;

    /// <summary>The things whose questions are trained on, are held out to end the training, and are tested.</summary>
    public (IReadOnlyList<string> Training, IReadOnlyList<string> Validation, IReadOnlyList<string> Test) Things => (things[..26], things[26..32], things[32..]);

    /// <summary>The knowledge text: every told fact in every wording.</summary>
    public IReadOnlyList<int[]> Sentences() => [.. facts.Values.Where(fact => fact.IsTold).SelectMany(fact => fact.Relation.Wordings.Select(wording => Sentence(fact, wording)))];

    /// <summary>A told fact's sentence in a wording, and the places of the words that say the property.</summary>
    public (int[] Sentence, int[] Places) Gap(Fact fact, string wording)
    {
        var sentence = Sentence(fact, wording);
        var value = Ids(fact.Value);
        var start = Array.FindIndex(sentence, token => token == value[0]);
        return (sentence, [.. Enumerable.Range(start, value.Length)]);
    }

    /// <summary>Questions about things, with stories and answers.</summary>
    /// <param name="about">The things.</param>
    /// <param name="wordings">How many wordings of a question there are for a fact.</param>
    /// <param name="draw">Draws wordings and stories.</param>
    public IReadOnlyList<WorldQuestion> Questions(IReadOnlyList<string> about, int wordings, RandomGenerator draw)
    {
        var questions = new List<WorldQuestion>();
        foreach (var fact in about.SelectMany(thing => Relation.All.Select(relation => facts[(thing, relation)])))
        {
            foreach (var wording in Some(fact.Relation.Questions, wordings))
            {
                if (fact.IsTold)
                {
                    if (!fact.Relation.IsInherited) Ask(fact, wording, AnswerSource.Knowledge);
                }
                else if (fact.Relation.IsInherited)
                {
                    Ask(fact, wording, AnswerSource.Inheritance);
                }
                else
                {
                    Ask(fact, wording, AnswerSource.Nowhere);
                    for (var i = 0; i < 2; i++)
                        Ask(fact with { Value = Drawn(fact.Relation, draw) }, wording, AnswerSource.Story);
                }
            }
        }

        return questions;

        void Ask(Fact fact, string wording, AnswerSource source)
        {
            // Stories tell what stands nowhere else, so that they never contradict the text and never give it away.
            var story = new List<Fact>();
            if (source == AnswerSource.Story) story.Add(fact);
            if (source != AnswerSource.Story || draw.NextBoolean()) story.Add(Other(fact));
            var told = story.ToArray();
            draw.Shuffle(told.AsSpan());
            int[] text = [Begin, .. Ids(string.Format(null, wording, fact.Subject)), .. told.SelectMany(one => Ids(".").Concat(Ids(Worded(one, one.Relation.Wordings[draw.NextInt32(one.Relation.Wordings.Length)])))), End];
            questions.Add(new(source, text, [.. Ids(fact.Value), End]));
        }

        Fact Other(Fact than)
        {
            var relation = draw.NextBoolean() && !than.Relation.IsInherited && than.Relation != Relation.Kind ? than.Relation : Relation.Own[draw.NextInt32(Relation.Own.Length)];
            while (true)
            {
                var other = facts[(things[draw.NextInt32(things.Length)], relation)];
                if (!other.IsTold && other.Subject != than.Subject) return other with { Value = Drawn(relation, draw) };
            }
        }

        string[] Some(string[] all, int count)
        {
            var order = all.ToArray();
            draw.Shuffle(order.AsSpan());
            return order[..count];
        }
    }

    private int[] Sentence(Fact fact, string wording) => [Begin, .. Ids(Worded(fact, wording)), End];

    private static string Worded(Fact fact, string wording) => string.Format(null, wording, fact.Subject, fact.Value);

    private int[] Ids(string text) => [.. text.Split(' ').Where(word => word[0] != '{').Select(word => ids.TryGetValue(word, out var id) ? id : ids[word] = ids.Count)];

    private static string[] Named(string name, int count) => [.. Enumerable.Range(1, count).Select(i => $"{name}{i}")];

    private string Drawn(Relation relation, RandomGenerator? draw = null) => relation.Values[(draw ?? random).NextInt32(relation.Values.Length)];

    private void Add(string subject, Relation relation, string value, bool isTold)
    {
        Ids($"{subject} {value}");
        facts.Add((subject, relation), new(subject, relation, value, isTold));
    }

    /// <summary>What is known of a thing, a kind or a family.</summary>
    /// <param name="Subject">Of what.</param>
    /// <param name="Relation">Which property.</param>
    /// <param name="Value">One or two words.</param>
    /// <param name="IsTold">Whether the knowledge text says it.</param>
    internal sealed record Fact(string Subject, Relation Relation, string Value, bool IsTold);

    /// <summary>A property: its values, its wordings in text ({0} has the property {1}) and its questions.</summary>
    internal sealed record Relation(string Name, bool IsInherited, string[] Values, string[] Wordings)
    {
        /// <summary>Its wordings with a question mark in the place of the property.</summary>
        public string[] Questions => [.. Wordings.Select(wording => wording.Replace("{1}", "?", StringComparison.Ordinal))];

        public static readonly Relation Kind = new(
            "kind", false, [],
            ["{0} joins {1}", "{1} includes {0}", "kind {0} {1}", "{0} resembles {1}"]);

        public static readonly Relation[] Own =
        [
            new(
                "colour", false, ["red", "blue", "green", "white", "black", "brown", "grey", "gold"],
                ["{0} looks {1}", "{1} paints {0}", "colour {0} {1}", "{0} shines {1}"]),
            new(
                "place", false, [.. from side in new[] { "north", "south", "east", "west" } from place in new[] { "hill", "lake", "wood" } select $"{side} {place}"],
                ["{0} occupies {1}", "{1} holds {0}", "place {0} {1}", "{0} inhabits {1}"]),
        ];

        public static readonly Relation[] OfKinds =
        [
            new(
                "food", true, ["grain", "fish", "leaves", "fruit", "meat", "oil"],
                ["{0} eats {1}", "{1} feeds {0}", "food {0} {1}", "{0} devours {1}"]),
        ];

        public static readonly Relation Family = new(
            "fear", true, ["fire", "water", "cold", "noise"],
            ["{0} avoids {1}", "{1} frightens {0}", "fear {0} {1}", "{0} dreads {1}"]);

        public static readonly Relation[] All = [Kind, .. Own, .. OfKinds, Family];
    }
}
