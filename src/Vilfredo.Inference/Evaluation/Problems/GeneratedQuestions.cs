using System.Globalization;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Inference.Evaluation.Problems;

/// <summary>Problems that a family of <see cref="TaskFamilies"/> generates.</summary>
/// <param name="Family">The family.</param>
/// <param name="Easiest">The lowest difficulty.</param>
/// <param name="Hardest">The highest; each level has as many problems as the next, give or take one.</param>
/// <param name="Count">How many problems, all different where the family has that many. At least 1.</param>
/// <param name="Seed">Another seed gives other problems.</param>
/// <param name="Split">The split that they come from.</param>
public sealed record GeneratedQuestions(ITaskFamily Family, int Easiest, int Hardest, int Count, ulong Seed, TaskSplit Split)
{
    private const int TriesPerProblem = 500;

    /// <summary>The prompt, with <c>{question}</c> where the problem stands.</summary>
    public string Template { get; init; } = "{question}";

    /// <summary>What is said before it; null for nothing.</summary>
    public string? Instructions { get; init; }

    /// <summary>Generates the problems.</summary>
    /// <exception cref="InvalidOperationException">The family has not that many different problems in the split.</exception>
    public IReadOnlyList<EvaluationProblem> Generate()
    {
        var random = new RandomGenerator(Seed);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var problems = new List<EvaluationProblem>();
        for (var i = 0; i < Count; i++)
        {
            var difficulty = Easiest + (i % (Hardest - Easiest + 1));
            TaskItem item;
            var tries = 0;
            do
            {
                if (++tries > TriesPerProblem)
                {
                    throw new InvalidOperationException(
                        $"The family '{Family.Name}' gave {problems.Count} different problems of difficulty {Easiest} to {Hardest} in the split '{Split}' and then none for {TriesPerProblem} tries; ask for fewer or for harder ones.");
                }

                item = Family.Generate(difficulty, random, null, Split);
            }
            while (!seen.Add(item.Problem));
            var group = string.Create(CultureInfo.InvariantCulture, $"{Family.Name} {difficulty}");
            problems.Add(new($"{Family.Name}/{difficulty}/{i}", group, Template.Replace("{question}", item.Prompt, StringComparison.Ordinal), new TaskGrader(Family, item)) { Instructions = Instructions });
        }

        return problems;
    }
}
