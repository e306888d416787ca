using System.Globalization;
using TorchSharp;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Training.Comparison;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class CarbonReportingTests
{
    private static readonly CommonsenseWorld World = new(new RandomGenerator(1));

    [Fact]
    public void Things_inherit_what_their_kind_and_family_have_and_own_properties_differ()
    {
        var facts = World.Facts.ToDictionary(fact => (fact.Subject, fact.Relation.Name), fact => fact.Value);
        Assert.All(World.Things.Training.Concat(World.Things.Validation).Concat(World.Things.Test), thing =>
        {
            var kind = facts[(thing, "kind")];
            Assert.Equal(facts[(kind, "food")], facts[(thing, "food")]);
            Assert.Equal(facts[(facts[(kind, "kind")], "fear")], facts[(thing, "fear")]);
        });
        Assert.True(World.Things.Test.Select(thing => facts[(thing, "colour")]).Distinct().Count() > 3);
    }

    [Fact]
    public void Things_of_training_validation_and_test_are_disjoint_and_all()
    {
        var (training, validation, test) = World.Things;
        Assert.Equal(48, training.Concat(validation).Concat(test).Distinct().Count());
        Assert.Equal((26, 6, 16), (training.Count, validation.Count, test.Count));
    }

    [Fact]
    public void The_text_has_every_told_fact_in_four_wordings_and_no_other()
    {
        var told = World.Facts.Where(fact => fact.IsTold).ToArray();
        Assert.Equal(4 * told.Length, World.Sentences().Count);
        var text = World.Sentences().Select(sentence => string.Join(' ', sentence)).ToHashSet();
        foreach (var fact in World.Facts)
            Assert.All(fact.Relation.Wordings, wording => Assert.Equal(fact.IsTold, text.Contains(string.Join(' ', World.Gap(fact, wording).Sentence))));
    }

    [Fact]
    public void Answers_stand_in_the_story_only_where_it_tells_them_and_about_half_of_the_test_needs_the_text()
    {
        var questions = World.Questions(World.Things.Test, 1, new RandomGenerator(2));
        Assert.InRange(questions.Count(question => question.Source == AnswerSource.Knowledge) / (double)questions.Count, 0.4, 0.65);
        Assert.All(Enum.GetValues<AnswerSource>(), source => Assert.Contains(questions, question => question.Source == source));
        Assert.All(questions.Where(question => question.Source == AnswerSource.Story), question => Assert.All(question.Answer.SkipLast(1), word => Assert.Contains(word, question.Text)));
        Assert.All(questions, question => Assert.Equal((CommonsenseWorld.Begin, CommonsenseWorld.End, CommonsenseWorld.End), (question.Text[0], question.Text[^1], question.Answer[^1])));
        Assert.All(questions.SelectMany(question => question.Text.Concat(question.Answer)), id => Assert.InRange(id, 1, World.VocabularySize - CommonsenseWorld.Sentinels - 1));
    }

    [Fact]
    public void A_gap_holds_the_property()
    {
        foreach (var fact in World.Facts.Where(fact => fact.Relation.Name is "colour" or "place"))
        {
            var (sentence, places) = World.Gap(fact, fact.Relation.Wordings[0]);
            Assert.Equal(fact.Value.Split(' ').Length, places.Length);
            Assert.Equal(sentence.Length - 1, places[^1] + 1);
        }
    }

    [Fact]
    public void Tools_estimate_by_their_own_formulas()
    {
        var estimates = FootprintEstimates.KilowattHours(3600);
        Assert.Equal(1.56 * (32.5 + 8 * 0.3725) / 1000, estimates["Green Algorithms"], 1e-12);
        Assert.Equal((65 * (0.1 + 0.9 / 8) + 10) / 1000, estimates["CodeCarbon"], 1e-12);
        Assert.Equal(1.58 * 32.5 / 1000, estimates["CarbonTracker"], 1e-12);
        Assert.Equal(65.0 / 1000, estimates["ML CO2 Impact"], 1e-12);
    }

    [Fact]
    public void A_training_repeats_and_every_epoch_has_its_account()
    {
        Libtorch.Prepare();
        var training = InfusionTraining.Of(Scale.Smoke);
        InfusionTraining.Outcome[] runs = [.. Enumerable.Range(0, 2).Select(_ => training.Run(EncoderSize.All[0], 3, new(7), 5, FootprintEstimates.Open, TestContext.Current.CancellationToken))];
        Assert.Equal(runs[0].ValidationLoss, runs[1].ValidationLoss, 1e-3);
        Assert.Equal((3, training.Epochs), (runs[0].Infusion.Count, runs[0].Questions.Count));
        Assert.Equal(runs[0].Questions.Count, runs[0].Accuracies.Count);
        Assert.All(runs[0].Infusion.Concat(runs[0].Questions), report => Assert.True(report.IsEstimated && report.Energy.Joules > 0));
        Assert.Empty(training.Run(EncoderSize.All[0], 0, new(7), 5, FootprintEstimates.Open, TestContext.Current.CancellationToken).Infusion);
    }

    /// <summary>Takes minutes; the rates in <see cref="EncoderSize"/> are those that it last found.</summary>
    [Fact(Explicit = true)]
    public void The_rates_are_those_that_the_sweeps_choose()
    {
        Libtorch.Prepare();
        torch.set_num_threads(1);
        var training = InfusionTraining.Of(Scale.Full);
        var chosen = new List<(double Given, double Best)>();
        foreach (var size in EncoderSize.All)
        {
            Sweep("infusion", size.InfusionRate, rate => Run(size with { InfusionRate = rate }, 3).InfusionLoss);
            Sweep("questions", size.QuestionRate, rate => Run(size with { QuestionRate = rate }, 3).ValidationLoss);
            Sweep("questions alone", size.QuestionRateAlone, rate => Run(size with { QuestionRateAlone = rate }, 0).ValidationLoss);

            void Sweep(string stage, double given, Func<double, double> loss)
            {
                var sweep = RateSweep.Run([given / 2, given, given * 2], loss);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{size.Name}, {stage}: {sweep.Best:G4} of {string.Join(", ", sweep.Trials.Select(trial => $"{trial.Rate:G4} {trial.Loss:F4}"))}"));
                chosen.Add((given, sweep.Best));
            }
        }

        Assert.Equal(chosen.Select(one => one.Given), chosen.Select(one => one.Best));

        InfusionTraining.Outcome Run(EncoderSize size, int epochs) => training.Run(size, epochs, new(101, 1), new RandomGenerator(101, 2).NextUInt64(), FootprintEstimates.Open, TestContext.Current.CancellationToken);
    }
}
