using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Native;
using Vilfredo.Neural.Training.Data;
using Vilfredo.Reproductions.Papers;

namespace Vilfredo.Reproductions.Tests.Papers;

public class HourglassMlpTests
{
    public static TheoryData<int> Budgets => [132, 198, 330, 590];

    [Theory]
    [MemberData(nameof(Budgets))]
    public void Both_families_have_as_many_candidates_and_all_meet_the_budget(int budget)
    {
        var families = new[] { "hourglass, fixed lift", "conventional" }.Select(method => HourglassMlpStudy.Candidates(method, budget)).ToArray();
        Assert.Equal(families[0].Count, families[1].Count);
        foreach (var network in families.SelectMany(family => family).Concat(HourglassMlpStudy.Candidates("plain MLP", budget)))
            Assert.InRange(network.TrainableParameters, 950 * budget, 1050 * budget);
        Assert.All(families[0], network => Assert.Equal(WidthConvention.Hourglass, network.Shape!.Convention));
        Assert.All(HourglassMlpStudy.Candidates("hourglass, learned lift", budget).Zip(families[0]), pair =>
            Assert.Equal(256L * pair.Second.Shape!.LatentWidth, pair.First.TrainableParameters - pair.Second.TrainableParameters));
    }

    [Fact]
    public void Counts_of_a_plain_network_are_those_of_the_live_one()
    {
        Libtorch.Prepare();
        var network = RestorationNetwork.Plain(198_000);
        using var live = network.Build(new RandomGenerator(1));
        Assert.Equal(live.parameters().Sum(one => one.numel()), network.TrainableParameters);
    }

    [Fact]
    public void Images_are_grey_and_every_kind_leaves_ink_and_paper()
    {
        var images = StrokeImages.Draw(20, new RandomGenerator(1));
        Assert.All(images, value => Assert.InRange(value, 0, 1));
        foreach (var image in images.Chunk(StrokeImages.Pixels))
            Assert.InRange(image.Average(), 0.05, 0.6);
        Assert.Equal(images, StrokeImages.Draw(20, new RandomGenerator(1)));
    }

    [Fact]
    public void Ratios_are_means_over_rows()
    {
        var pairs = new VectorBatch([0, 0, 0, 0], [0.1f, 0.1f, 1, 1], 2);
        Assert.Equal((20 + 0) / 2.0, RestorationTasks.PeakSignalToNoise([0, 0, 0, 0], pairs), 1e-5);
        Assert.Throws<ArgumentException>(() => RestorationTasks.PeakSignalToNoise([0.1f, 0.1f, 0, 0], pairs));
    }

    [Fact]
    public void Coarse_images_have_the_means_of_squares()
    {
        var pairs = RestorationTasks.Draw(RestorationTask.SuperResolution, 1, new RandomGenerator(3));
        var mean = (pairs.Targets[34] + pairs.Targets[35] + pairs.Targets[50] + pairs.Targets[51]) / 4;
        foreach (var pixel in new[] { 34, 35, 50, 51 })
            Assert.Equal(mean, pairs.Inputs[pixel], 1e-6f);
    }

    [Fact]
    public void The_Wiener_filter_attains_the_optimum_of_the_subspace()
    {
        Libtorch.Prepare();
        var (train, test) = (RestorationTasks.Draw(RestorationTask.Subspace, 4000, new RandomGenerator(1)), RestorationTasks.Draw(RestorationTask.Subspace, 1000, new RandomGenerator(2)));
        var restored = LinearRestoration.Wiener(RestorationTask.Subspace, train, test);
        var error = restored.Zip(test.Targets.ToArray(), (one, other) => Math.Pow(one - other, 2)).Average();
        // Within the error of the test and of the covariance that is estimated from 4,000 vectors.
        Assert.Equal(1, error / RestorationTasks.SubspaceOptimum, 0.05);
        Assert.Equal(0, RestorationTasks.PeakSignalToNoise(LinearRestoration.Ridge(train, test, test), test) - RestorationTasks.PeakSignalToNoise(restored, test), 0.5);
    }
}
