namespace Vilfredo.Reproductions.Papers;

/// <summary>A triple: a relation holds between a thing and what it is related to.</summary>
/// <param name="Subject">A thing.</param>
/// <param name="Relation">One of <see cref="CommonsenseWorld.Relations"/>, by number.</param>
/// <param name="Object">A thing where the relation is "is a", else a value of the relation.</param>
internal readonly record struct WorldFact(int Subject, int Relation, int Object);

/// <summary>What is known of a fact that a question asks for.</summary>
internal enum FactStatus
{
    /// <summary>The text of knowledge says it.</summary>
    Stored,

    /// <summary>The text does not say it, but what it says of the thing's kind implies it.</summary>
    Inherited,

    /// <summary>The text does not say it, nor does anything imply it.</summary>
    Unknown,
}

/// <summary>A question for the object of a fact, and two other facts of its subject that the story tells.</summary>
internal sealed record WorldQuestion(WorldFact Fact, FactStatus Status, WorldFact First, WorldFact Second);

/// <summary>
/// Things in a hierarchy of kinds, species and single ones: four relations belong to the kind, four to the species and three to the single thing; things inherit the former. A share of the facts is
/// kept out of the text of knowledge, half of them inherited ones.
/// </summary>
internal sealed class CommonsenseWorld
{
    /// <summary>Values of each relation but "is a".</summary>
    public const int ValuesPerRelation = 12;

    /// <summary>Kinds of things.</summary>
    public const int Kinds = 4;

    /// <summary>Species of each kind.</summary>
    public const int SpeciesPerKind = 3;

    private const int KindRelations = 4, SpeciesRelations = 4, OwnRelations = 3;
    private const double HeldOutShare = 0.23;

    private CommonsenseWorld(int things, IReadOnlyList<WorldFact> knowledge, IReadOnlyList<WorldQuestion> training, IReadOnlyList<WorldQuestion> validation, IReadOnlyList<WorldQuestion> test)
        => (Things, Knowledge, Training, Validation, Test) = (things, knowledge, training, validation, test);

    /// <summary>The relations in words, with a question for each; "is a" first, then those of kinds, species and single things.</summary>
    public static IReadOnlyList<(string Phrase, string Question)> Relations { get; } =
    [
        ("is-a", "what kind"), ("has", "what has"), ("can", "what can"), ("is made-of", "what made-of"), ("is", "how is"), ("is used-for", "why use"), ("is at", "where is"),
        ("requires", "what requires"), ("makes want", "why want"), ("is made-by", "who made"), ("is near", "where near"), ("causes", "why fear"),
    ];

    /// <summary>Kinds, species and single things together.</summary>
    public int Things { get; }

    /// <summary>What the text of knowledge says.</summary>
    public IReadOnlyList<WorldFact> Knowledge { get; }

    /// <summary>Questions of the second stage's training; half ask for stored facts, a quarter for inherited and a quarter for unknown ones, here and below.</summary>
    public IReadOnlyList<WorldQuestion> Training { get; }

    /// <summary>Questions for early stopping.</summary>
    public IReadOnlyList<WorldQuestion> Validation { get; }

    /// <summary>Questions that are reported.</summary>
    public IReadOnlyList<WorldQuestion> Test { get; }

    /// <summary>Draws a world.</summary>
    /// <param name="single">Single things, at least 20.</param>
    /// <param name="random">The source of the draw.</param>
    public static CommonsenseWorld Draw(int single, RandomGenerator random)
    {
        const int first = Kinds + Kinds * SpeciesPerKind;
        var values = Enumerable.Range(0, first).Select(_ => Enumerable.Range(0, 1 + KindRelations + SpeciesRelations).Select(_ => random.NextInt32(ValuesPerRelation)).ToArray()).ToArray();
        List<WorldFact> knowledge = [], inherited = [], own = [];
        for (var kind = 0; kind < Kinds; kind++)
        {
            knowledge.AddRange(Enumerable.Range(1, KindRelations).Select(relation => new WorldFact(kind, relation, values[kind][relation])));
            for (var species = Kinds + kind * SpeciesPerKind; species < Kinds + (kind + 1) * SpeciesPerKind; species++)
            {
                knowledge.Add(new(species, 0, kind));
                knowledge.AddRange(Enumerable.Range(1 + KindRelations, SpeciesRelations).Select(relation => new WorldFact(species, relation, values[species][relation])));
            }
        }

        for (var thing = first; thing < first + single; thing++)
        {
            var species = Kinds + random.NextInt32(first - Kinds);
            var kind = (species - Kinds) / SpeciesPerKind;
            knowledge.Add(new(thing, 0, species));
            for (var relation = 1; relation <= KindRelations + SpeciesRelations; relation++)
                inherited.Add(new(thing, relation, values[relation <= KindRelations ? kind : species][relation]));
            for (var relation = 1 + KindRelations + SpeciesRelations; relation < Relations.Count; relation++)
                own.Add(new(thing, relation, random.NextInt32(ValuesPerRelation)));
        }

        var held = (int)(HeldOutShare / 2 * (knowledge.Count + inherited.Count + own.Count));
        Shuffle(inherited, random);
        Shuffle(own, random);
        List<WorldFact> stored = [.. inherited.Skip(held), .. own.Skip(held)];
        Shuffle(stored, random);
        var told = stored.ToLookup(fact => fact.Subject);
        var questions = new[] { (stored.Take(2 * held), FactStatus.Stored), (inherited.Take(held), FactStatus.Inherited), (own.Take(held), FactStatus.Unknown) }
            .Select(group => group.Item1.Select(fact => Ask(fact, group.Item2)).OfType<WorldQuestion>().ToArray()).ToArray();
        return new(first + single, [.. knowledge, .. stored], Part(0, 0.5), Part(0.5, 0.6), Part(0.6, 1));

        // A story tells two stored facts of the thing; a thing of which too few are stored is not asked about.
        WorldQuestion? Ask(WorldFact fact, FactStatus status)
        {
            WorldFact[] others = [.. told[fact.Subject].Where(other => other != fact)];
            if (others.Length < 2)
                return null;
            random.Shuffle(others.AsSpan());
            return new(fact, status, others[0], others[1]);
        }

        WorldQuestion[] Part(double from, double to) => [.. questions.SelectMany(group => group[(int)(from * group.Length)..(int)(to * group.Length)])];
    }

    /// <summary>The share of questions that are right when each is answered by the commonest answer of its relation among the training questions; 0 without a question.</summary>
    public double GuessingAccuracy(IReadOnlyList<WorldQuestion> questions)
    {
        var commonest = Training.GroupBy(question => question.Fact.Relation).ToDictionary(
            relation => relation.Key, relation => relation.GroupBy(question => question.Fact.Object).OrderByDescending(answer => answer.Count()).ThenBy(answer => answer.Key).First().Key);
        return questions.Count == 0 ? 0 : questions.Count(question => commonest.TryGetValue(question.Fact.Relation, out var guess) && guess == question.Fact.Object) / (double)questions.Count;
    }

    private static void Shuffle(List<WorldFact> facts, RandomGenerator random) => random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(facts));
}
