using Vilfredo.Neural.Training.Data;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class CarbonReportingTests
{
    private static readonly CommonsenseWorld World = CommonsenseWorld.Draw(60, new RandomGenerator(3));

    [Fact]
    public void What_is_said_to_be_implied_follows_from_the_text_and_what_is_unknown_does_not()
    {
        var known = World.Knowledge.ToHashSet();
        var kinds = World.Knowledge.Where(fact => fact.Relation == 0).ToDictionary(fact => fact.Subject, fact => fact.Object);
        foreach (var (fact, status) in Questions().Select(question => (question.Fact, question.Status)))
        {
            Assert.Equal(status == FactStatus.Stored, known.Contains(fact));
            Assert.Equal(status == FactStatus.Inherited || (status == FactStatus.Stored && fact.Relation is > 0 and <= 8), Ancestors(fact.Subject).Any(ancestor => known.Contains(fact with { Subject = ancestor })));
        }

        IEnumerable<int> Ancestors(int thing)
        {
            while (kinds.TryGetValue(thing, out thing))
                yield return thing;
        }
    }

    [Fact]
    public void Half_of_the_questions_ask_for_stored_facts_and_no_question_is_in_two_sets()
    {
        foreach (var set in new[] { World.Training, World.Test })
        {
            Assert.Equal(0.5, set.Count(question => question.Status == FactStatus.Stored) / (double)set.Count, 0.05);
            Assert.Equal(0.25, set.Count(question => question.Status == FactStatus.Inherited) / (double)set.Count, 0.05);
        }

        Assert.Distinct(Questions().Select(question => question.Fact));
        Assert.All(Questions(), question => Assert.Equal([question.Fact.Subject, question.Fact.Subject], [question.First.Subject, question.Second.Subject]));
        Assert.All(Questions(), question => Assert.Distinct([question.Fact, question.First, question.Second]));
        Assert.Equal(World.Knowledge, CommonsenseWorld.Draw(60, new RandomGenerator(3)).Knowledge);
    }

    [Fact]
    public void A_pass_over_the_knowledge_says_every_fact_once_with_some_words_on_the_other_side()
    {
        var text = new WorldText(World);
        var denoising = new ComplementaryDenoising(text.Vocabulary - 1, WorldText.Sentinels, [WorldText.Padding, WorldText.End]);
        var lines = text.Infusion(new RandomGenerator(1));
        var said = lines.Select(line => string.Join(' ', denoising.Merge(line.Source, line.Target))).Order(StringComparer.Ordinal);
        Assert.Equal(World.Knowledge.Select(fact => string.Join(' ', [.. text.Sentence(fact), WorldText.End])).Order(StringComparer.Ordinal), said);
        Assert.Contains(lines, line => !line.Source.SequenceEqual(line.Target) && line.Source.Any(id => id >= text.Vocabulary - WorldText.Sentinels));
    }

    [Fact]
    public void The_answer_stands_nowhere_in_its_question_unless_a_told_fact_shares_it()
    {
        var text = new WorldText(World);
        foreach (var question in Questions())
        {
            var (source, target) = text.Pair(question);
            Assert.Equal([text.Answer(question.Fact), WorldText.End], target);
            Assert.Equal(source.Contains(target[0]), text.Answer(question.First) == target[0] || text.Answer(question.Second) == target[0]);
            Assert.All(source.Concat(target), id => Assert.InRange(id, 1, text.Vocabulary - WorldText.Sentinels - 1));
        }
    }

    [Fact]
    public void Rank_correlations_are_those_counted_by_hand()
    {
        Assert.Equal(1, CarbonReportingStudy.Kendall([(1, 10), (2, 20), (3, 30)]), 1e-12);
        Assert.Equal(-1, CarbonReportingStudy.Kendall([(1, 3), (2, 2), (3, 1)]), 1e-12);
        Assert.Equal(1.0 / 3, CarbonReportingStudy.Kendall([(1, 1), (2, 3), (3, 2)]), 1e-12);
        Assert.Equal(2 / Math.Sqrt(6), CarbonReportingStudy.Kendall([(1, 1), (2, 2), (2, 3)]), 1e-12);
        Assert.Equal(1, CarbonReportingStudy.Kendall([(1, 1)]));
    }

    private static IEnumerable<WorldQuestion> Questions() => World.Training.Concat(World.Validation).Concat(World.Test);
}
