namespace Vilfredo.Measurement.Tasks.Families;

/// <summary>
/// A question that is answered by following several facts of a small generated knowledge base; the difficulty is the
/// number of facts to follow. The other facts are about the same people and do not matter.
/// </summary>
public sealed class KnowledgeLookup : TaskFamily
{
    private static readonly string[] People =
    [
        "Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gina", "Hugo", "Ines", "Jack",
        "Kim", "Leo", "Mia", "Nils", "Olga", "Paul", "Quinn", "Rosa", "Sam", "Tara",
    ];

    private static readonly string[] Relations = ["boss", "doctor", "friend", "neighbour", "teacher"];

    private readonly double distractors;

    /// <summary>Creates the family.</summary>
    /// <param name="distractors">Facts that do not matter, per fact that does; from 0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="distractors"/> is outside its range.</exception>
    public KnowledgeLookup(double distractors = 2)
    {
        if (!(distractors is >= 0 and <= 3))
            throw new ArgumentOutOfRangeException(nameof(distractors), distractors, "The number of distractors per fact must be from 0 to 3.");
        this.distractors = distractors;
    }

    /// <inheritdoc/>
    public override string Name => "lookup";

    /// <inheritdoc/>
    public override string Description => "Follow several facts of a knowledge base to a person; the difficulty is the number of facts to follow.";

    /// <inheritdoc/>
    public override int MaximumDifficulty => 15;

    internal override TaskDraft Draw(int difficulty, RandomGenerator random)
    {
        var people = People.ToArray();
        random.Shuffle(people.AsSpan());
        var facts = new Dictionary<(string Person, string Relation), string>();
        var (chain, steps, question) = (new List<string>(), new List<TeacherStep>(), people[0]);
        for (var i = 0; i < difficulty; i++)
        {
            var relation = Relations[random.NextInt32(Relations.Length)];
            facts.Add((people[i], relation), people[i + 1]);
            chain.Add($"{relation} {people[i + 1]}");
            question = $"the {relation} of {question}";
            steps.Add(new TeacherStep(people[i + 1], $"The {relation} of {people[i]} is {people[i + 1]}."));
        }

        var total = difficulty + (int)Math.Round(distractors * difficulty);
        while (facts.Count < total)
        {
            var person = people[random.NextInt32(people.Length)];
            var other = people[random.NextInt32(people.Length)];
            if (person != other) facts.TryAdd((person, Relations[random.NextInt32(Relations.Length)]), other);
        }

        var shown = facts.Select(fact => $"The {fact.Key.Relation} of {fact.Key.Person} is {fact.Value}.").ToArray();
        random.Shuffle(shown.AsSpan());
        return new TaskDraft(
            $"{people[0]}: {string.Join(", ", chain)}",
            $"{string.Join(' ', shown)} Who is {question}?",
            people[difficulty],
            steps);
    }

    internal override Grade Judge(TaskItem item, string answer)
    {
        var name = answer.TrimEnd('.');
        if (name.Length == 0 || !name.All(char.IsLetter)) return Grade.IllFormed;
        return name.Equals(item.Answer, StringComparison.OrdinalIgnoreCase) ? Grade.Correct : Grade.Wrong;
    }
}
