using CsCheck;
using Vilfredo.Measurement.Tasks;

namespace Vilfredo.Measurement.Tests.Tasks;

public class TaskFamiliesTests
{
    public static TheoryData<string> Names => new(TaskFamilies.All.Select(family => family.Name));

    [Theory, MemberData(nameof(Names))]
    public void Every_teachers_solution_is_correct_in_every_style(string name)
    {
        foreach (var (family, item) in Items(name, 300))
            Assert.Equal(Grade.Correct, family.Check(item, item.Solution));
    }

    [Theory, MemberData(nameof(Names))]
    public void Teachers_write_more_in_wordier_styles_and_more_passes_about_the_same_problem(string name)
    {
        var family = TaskFamilies.Find(name)!;
        TaskItem Written(Teacher teacher) => family.Generate(3, new RandomGenerator(5), teacher);
        TaskItem[] items =
        [
            Written(new Teacher(TeacherStyle.Direct)), Written(new Teacher(TeacherStyle.Terse)), Written(new Teacher()),
            Written(new Teacher(ExtraPasses: 1)), Written(new Teacher(ExtraPasses: 4)),
        ];
        Assert.Single(items.Select(item => item with { Solution = "" }).Distinct());
        Assert.Equal(items, items.OrderBy(item => item.Solution.Length));
        Assert.Equal(5, items.Select(item => item.Solution.Length).Distinct().Count());
        Assert.Equal($"Answer: {items[0].Answer}", items[0].Solution);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_last_answer_counts_and_a_response_without_answer_is_ill_formed(string name)
    {
        foreach (var (family, item) in Items(name, 50))
        {
            Assert.Equal(Grade.Correct, family.Check(item, $"Answer: ?\nAnswer:  {item.Answer} \r\nDone."));
            Assert.NotEqual(Grade.Correct, family.Check(item, item.Solution + "\nAnswer: 987654321987654321"));
            Assert.Equal(Grade.IllFormed, family.Check(item, item.Answer));
            Assert.Equal(Grade.IllFormed, family.Check(item, "Answer:"));
            Assert.Equal(Grade.IllFormed, family.Check(item, "Answer: " + new string('1', 5000)));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void The_same_seed_gives_the_same_items_and_another_seed_others(string name)
    {
        var family = TaskFamilies.Find(name)!;
        string[] Draw(ulong seed)
        {
            var random = new RandomGenerator(seed);
            return [.. Enumerable.Range(0, 50).Select(_ => family.Generate(4, random).ToString())];
        }

        Assert.Equal(Draw(1), Draw(1));
        Assert.NotEqual(Draw(1), Draw(2));
    }

    [Theory, MemberData(nameof(Names))]
    public void Steps_do_not_fall_as_the_difficulty_rises(string name)
    {
        var family = TaskFamilies.Find(name)!;
        var random = new RandomGenerator(3);
        var most = 0;
        for (var difficulty = 1; difficulty <= family.MaximumDifficulty; difficulty++)
        {
            var steps = Enumerable.Range(0, 30).Select(_ => family.Generate(difficulty, random).Steps).ToList();
            Assert.True(steps.Min() >= most, $"difficulty {difficulty}: {steps.Min()} steps, below {most}");
            most = steps.Max();
        }

        Assert.True(most >= family.MaximumDifficulty);
        Assert.Throws<ArgumentOutOfRangeException>(() => family.Generate(0, random));
        Assert.Throws<ArgumentOutOfRangeException>(() => family.Generate(family.MaximumDifficulty + 1, random));
    }

    [Theory, MemberData(nameof(Names))]
    public void Splits_share_no_problem(string name)
    {
        var family = TaskFamilies.Find(name)!;
        var seen = new Dictionary<string, TaskSplit>();
        foreach (var split in Enum.GetValues<TaskSplit>())
        {
            var random = new RandomGenerator(11, (ulong)split);
            for (var i = 0; i < 4000; i++)
            {
                var item = family.Generate(1 + i % 4, random, new Teacher(TeacherStyle.Direct), split);
                Assert.Equal(split, TaskSplitter.Default.SplitOf(name, item.Problem));
                if (!seen.TryAdd(item.Problem, split)) Assert.Equal(split, seen[item.Problem]);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Checkers_never_throw_whatever_the_response_problem_and_answer_are(string name)
    {
        var family = TaskFamilies.Find(name)!;
        var item = family.Generate(3, new RandomGenerator(1));
        string[] words = ["(", ")", "1", "/", "0", "-", " ", "A", ",", "|", "->", "9999999999999999999", "Answer:", "\n"];
        var pieces = Gen.OneOf(Gen.String, Gen.Int[0, words.Length - 1].Select(i => words[i]));
        Gen.Select(pieces.Array[0, 20], pieces.Array[0, 20]).Sample((answer, problem) =>
        {
            var text = string.Concat(answer);
            var hostile = item with { Problem = string.Concat(problem), Answer = text };
            Assert.True(Enum.IsDefined(family.Check(item, "Answer: " + text)));
            Assert.True(Enum.IsDefined(family.Check(hostile, "Answer: " + text)));
            Assert.True(Enum.IsDefined(family.Check(hostile, item.Solution)));
            Assert.True(Enum.IsDefined(family.Check(item, text)));
        }, iter: 2000);
        Assert.Equal(Grade.IllFormed, family.Check(item, null!));
    }

    [Fact]
    public void Names_are_distinct() => Assert.Equal(TaskFamilies.All.Count, TaskFamilies.All.Select(family => family.Name).Distinct().Count());

    private static IEnumerable<(ITaskFamily Family, TaskItem Item)> Items(string name, int count)
    {
        var family = TaskFamilies.Find(name)!;
        var random = new RandomGenerator(7);
        for (var i = 0; i < count; i++)
        {
            var teacher = new Teacher((TeacherStyle)(i % 3), i % 4);
            yield return (family, family.Generate(1 + i % family.MaximumDifficulty, random, teacher));
        }
    }
}
