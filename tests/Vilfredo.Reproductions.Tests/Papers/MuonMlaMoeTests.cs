using System.Globalization;
using TorchSharp;
using Vilfredo.Neural.Accounting;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Training.Optimizers;
using Vilfredo.Neural.Transformers;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class MuonMlaMoeTests
{
    [Fact]
    public void A_language_is_its_seeds_and_its_texts_differ()
    {
        var language = new InventedLanguage(new RandomGenerator(1));
        var (first, second) = (language.Text(5000), language.Text(5000));
        Assert.Equal(5000, first.Length);
        Assert.Equal(first, new InventedLanguage(new RandomGenerator(1)).Text(5000));
        Assert.NotEqual(first, second);
        Assert.NotEqual(first, new InventedLanguage(new RandomGenerator(2)).Text(5000));
        Assert.All(first, value => Assert.True(value is '\n' or (>= ' ' and < 127)));
        // Two texts of a language share words; so many of them cannot be chance.
        Assert.True(Words(first).Intersect(Words(second)).Count() > 100);

        static string[] Words(int[] text) => [.. string.Concat(text.Select(value => (char)value)).Split(' ', '.', '\n', '"').Distinct(StringComparer.Ordinal)];
    }

    [Fact]
    public void Forms_have_unique_names_and_AdamW_has_its_own_rate_beside_Muon()
    {
        Assert.Distinct(MuonForms.All.Select(form => form.Name));
        Assert.All(MuonForms.All, form => Assert.True(!form.IsMuon || form.AdamRate == MuonForms.AdamW.Rate));
    }

    [Fact]
    public void Latent_attention_has_the_published_proportions_and_experts_the_dense_width()
    {
        var (plain, latent, experts) = (MuonForms.Muon.Config(64, 2), MuonForms.MuonLatent.Config(64, 2), MuonForms.MuonExperts.Config(64, 2));
        Assert.Equal(0.3125, (double)new DecoderCosts(latent).CachedNumbersPerToken / new DecoderCosts(plain).CachedNumbersPerToken);
        // Active are the dense layer's weights and the routers'.
        Assert.Equal(new DecoderCosts(plain).Parameters.Active + 2 * 7 * 64, new DecoderCosts(experts).Parameters.Active);
    }

    [Fact]
    public void Routers_are_left_to_AdamW()
    {
        Libtorch.Prepare();
        using var model = new Decoder(MuonForms.MuonExperts.Config(32, 1));
        using var optimizer = DecoderTraining.Optimizer(MuonForms.MuonExperts, MuonPartition.Of(model), model);
        Assert.Contains(optimizer.State.Keys, name => name.EndsWith("mlp.gate.weight.second_moment", StringComparison.Ordinal));
        Assert.DoesNotContain(optimizer.State.Keys, name => name.EndsWith("proj.weight.second_moment", StringComparison.Ordinal));
    }

    [Fact]
    public void Forms_of_a_seed_see_the_same_text_and_a_training_repeats()
    {
        Libtorch.Prepare();
        var training = DecoderTraining.Of(Scale.Smoke);
        var first = training.Train(MuonForms.Muon, new(1), 7, TestContext.Current.CancellationToken);
        var again = training.Train(MuonForms.Muon, new(1), 7, TestContext.Current.CancellationToken);
        Assert.Equal(first.Curve.FinalLoss, again.Curve.FinalLoss, 1e-3);
        Assert.Equal(training.Evaluations, first.Curve.Points.Count);
        Assert.True(first.Curve.FinalLoss < first.Curve.Points[0].Loss);
        Assert.InRange(first.StepNorm!.Value, 0.68, 1.2025);
    }

    /// <summary>Takes minutes; the rates in <see cref="MuonForms"/> are those that it last found.</summary>
    [Fact(Explicit = true)]
    public void The_rates_are_those_that_the_sweeps_choose()
    {
        Libtorch.Prepare();
        torch.set_num_threads(1);
        var chosen = new List<(string, double)>();
        foreach (var form in MuonForms.Tuned)
        {
            var sweep = MuonForms.Tune(form, 101, TestContext.Current.CancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{form.Name}: {sweep.Best} of {string.Join(", ", sweep.Trials.Select(trial => $"{trial.Rate:G4} {trial.Loss:F3}"))}"));
            chosen.Add((form.Name, sweep.Best));
        }

        Assert.Equal(MuonForms.Tuned.Select(form => (form.Name, form.Rate)), chosen);
    }
}
