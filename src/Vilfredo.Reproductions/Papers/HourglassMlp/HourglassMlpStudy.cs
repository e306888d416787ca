using System.Globalization;
using Vilfredo.Indicators;
using Vilfredo.Neural.Hourglass;
using Vilfredo.Neural.Training.Data;

namespace Vilfredo.Reproductions.Papers;

/// <summary>
/// Chen, Lee, Liao and Shiu, "Rethinking the Shape Convention of an MLP": whether residual networks that are wide where they add and narrow where they compute restore
/// images better for their parameters than conventional ones.
/// </summary>
public sealed class HourglassMlpStudy : Reproduction
{
    private const string Fixed = "hourglass, fixed lift", Learned = "hourglass, learned lift", WithoutNorm = "hourglass without norm";
    private const string Conventional = "conventional", Plain = "plain MLP", Ridge = "ridge", Wiener = "Wiener";
    private const string Parameters = "trainable parameters", Gain = "PSNR above ridge", Ratio = "PSNR", Products = "multiply-adds", Error = "MSE";
    private const string NoTables = "the paper's tables and code were not at hand, and its data sets are not here";

    private static readonly int[] Budgets = [132, 198, 330, 590]; // thousands of trained numbers

    /// <inheritdoc/>
    public override Paper Paper { get; } = new(
        "hourglass-mlp", "Rethinking the Shape Convention of an MLP", "Chen, Lee, Liao, Shiu", 2025, "arXiv 2510.01796");

    /// <inheritdoc/>
    public override string Setting =>
        "Vectors of 256 numbers. Denoising (normal noise of deviation 0.25) and super-resolution (means of two by two pixels) of generated 16 x 16 images of pen strokes, ten kinds, "
        + "4,096 for training and 1,000 for the test, new ones for every seed; and normal vectors in a subspace of 32 dimensions with the same noise, whose best restoration is known. At each of four budgets of "
        + "trained numbers (132, 198, 330 and 590 thousand) hourglass and conventional family have the same number of shapes (2, 3, 3, 3) and three learning rates each, chosen once on data "
        + "of their own; the choices are then trained anew for every seed, in pairs. RMS normalisation, GELU, no biases, mean squared error, Adam with a cosine, 6 passes, batches of 128, one thread. The plain network has one "
        + "shape per budget; the learned lift is trained beyond the budget. Ratios are means over images. What the paper leaves open (normalisation, activation, the conventional network's missing lift) is this study's choice.";

    /// <inheritdoc/>
    public override string Use =>
        "`ResidualMlp` is one module for both shapes: `ResidualMlpShape` gives widths and lift and counts trained and stored numbers and operations before anything is built; `hourglass` in a decoder's "
        + "configuration makes its feed-forward layers so. `RegressionObjective` trains it on any pairs of vectors.";

    /// <inheritdoc/>
    public override IReadOnlyList<ComparedMethod> Methods { get; } =
    [
        new(Fixed, "narrow blocks on a wide skip connection behind a random matrix that is not trained"),
        new(Learned, "the same shapes with a trained matrix"),
        new(WithoutNorm, "the first method's chosen shape without normalisation", IsBaseline: true),
        new(Conventional, "blocks on the input's own width, no lift", IsBaseline: true),
        new(Plain, "two hidden layers without skip connections", IsBaseline: true),
        new(Ridge, "the best linear map with a quadratic penalty, in closed form", IsBaseline: true),
        new(Wiener, "the best affine map under the training data's means and covariances, in closed form", IsBaseline: true),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Objective> Objectives { get; } = [Objective.Minimize(Parameters), Objective.Maximize(Gain, "dB")];

    /// <inheritdoc/>
    public override IReadOnlyList<Claim> Claims { get; } =
    [
        Claim.Computed(
            new("front-denoising", "The hourglass front lies above the conventional one in denoising (difference of hypervolumes over log10 of trained parameters and PSNR, reference 10^6 and ridge).", "above"),
            (results, seed) => Volume(results, RestorationTask.Denoising, Fixed, seed, Parameters, 6) - Volume(results, RestorationTask.Denoising, Conventional, seed, Parameters, 6), Bound.Above(0)),
        Claim.Computed(
            new("front-super-resolution", "It does in super-resolution.", "above"),
            (results, seed) => Volume(results, RestorationTask.SuperResolution, Fixed, seed, Parameters, 6) - Volume(results, RestorationTask.SuperResolution, Conventional, seed, Parameters, 6), Bound.Above(0)),
        Claim.Computed(
            new("front-multiply-adds", "It does in denoising against multiply-adds too, the lift's included (reference 10^6.2)."),
            (results, seed) => Volume(results, RestorationTask.Denoising, Fixed, seed, Products, 6.2) - Volume(results, RestorationTask.Denoising, Conventional, seed, Products, 6.2), Bound.Above(0)),
        Claim.Computed(
            new("matched-budgets", "With as many trained parameters it gains at least 0.1 dB in denoising at two of three budgets (132, 198, 330 thousand; the middle one of the three gains)."),
            (results, seed) => Budgets.Take(3).Select(budget => Difference(results, RestorationTask.Denoising, budget, seed, Fixed, Conventional)).Order().ElementAt(1), Bound.AtLeast(0.1)),
        Claim.Computed(
            new("fixed-lift", "A lift that is not trained costs at most 0.2 dB against a trained one, and gains no more (mean over budgets, denoising).", "little"),
            (results, seed) => Budgets.Average(budget => Difference(results, RestorationTask.Denoising, budget, seed, Fixed, Learned)), Bound.Between(-0.2, 0.2)),
        Claim.Computed(
            new("against-plain", "The hourglass network beats the plain one with as many trained parameters in denoising (mean over budgets)."),
            (results, seed) => Budgets.Average(budget => Difference(results, RestorationTask.Denoising, budget, seed, Fixed, Plain)), Bound.Above(0)),
        Claim.Computed(
            new("against-linear", "It beats the best linear restoration by at least 1 dB in denoising at the largest budget."),
            (results, seed) => Difference(results, RestorationTask.Denoising, Budgets[^1], seed, Fixed, Wiener), Bound.AtLeast(1)),
        Claim.Computed(
            new("known-optimum", "In the subspace it comes within 0.3 dB of the least possible error."),
            (results, seed) => Excess(results, Fixed, seed), Bound.AtMost(0.3)),
        Claim.EverySeed(
            new("optimum-not-beaten", "No method is below the least possible error there by more than 0.12 dB, 3.5 standard deviations of the test's own error."),
            (results, seed) => new[] { Fixed, Learned, WithoutNorm, Conventional, Plain, Ridge, Wiener }.Min(method => Excess(results, method, seed)), Bound.AtLeast(-0.12)),
        Claim.NotMeasurable(
            new("deeper-with-budget", "With growing budgets the best hourglass networks get deeper and their blocks narrower, and conventional ones do not.", "deeper, wider skips, narrower blocks"),
            "shapes are chosen once, not for each seed, and from three per budget; the chosen blocks and widths are among the measurements"),
        Claim.NotMeasurable(new("published-ratios", "Hourglass fronts lie above conventional ones on MNIST and ImageNet-32, generative classification included."), NoTables),
    ];

    /// <inheritdoc/>
    public override int Seeds(Scale scale) => scale switch { Scale.Smoke => 1, Scale.Quick => 3, _ => 5 };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Settings(Scale scale) => scale switch
    {
        Scale.Smoke => [Name(RestorationTask.Denoising, 198)],
        Scale.Quick => [.. Budgets.Take(3).Select(budget => Name(RestorationTask.Denoising, budget))],
        _ =>
        [
            .. Budgets.Select(budget => Name(RestorationTask.Denoising, budget)),
            .. Budgets.Select(budget => Name(RestorationTask.SuperResolution, budget)),
            Name(RestorationTask.Subspace, 198),
        ],
    };

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, double> Run(UnitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return OneThread.Run(() => Measure(context));
    }

    /// <summary>The networks of a family that a budget is spent on; as many in both families.</summary>
    internal static IReadOnlyList<RestorationNetwork> Candidates(string method, int budget)
    {
        var numbers = 1000L * budget;
        var lift = method == Learned ? LiftKind.Learned : LiftKind.FixedGaussian;
        return method switch
        {
            Plain => [RestorationNetwork.Plain(numbers)],
            Conventional => [.. Enumerable.Range(0, budget == 132 ? 2 : 3).Select(power => RestorationNetwork.Conventional(numbers, 1 << power))],
            _ => [.. Shapes(budget).Select(shape => RestorationNetwork.Hourglass(numbers, shape.Latent, shape.Blocks, lift))],
        };
    }

    private static (int Latent, int Blocks)[] Shapes(int budget) => budget switch
    {
        132 => [(256, 4), (384, 4)],
        198 => [(384, 2), (384, 8), (512, 4)],
        330 => [(512, 2), (512, 8), (768, 4)],
        _ => [(768, 2), (768, 8), (512, 4)],
    };

    private static Dictionary<string, double> Measure(UnitContext context)
    {
        var (task, budget) = Parsed(context.Unit.Setting);
        var training = RestorationTraining.Of(context.Scale);
        var train = RestorationTasks.Draw(task, training.Images, context.Shared($"training {task}"));
        var validation = RestorationTasks.Draw(task, training.Test, context.Shared($"validation {task}"));
        var test = RestorationTasks.Draw(task, training.Test, context.Shared($"test {task}"));
        var ridge = LinearRestoration.Ridge(train, validation, test);
        var floor = RestorationTasks.PeakSignalToNoise(ridge, test);
        const long Linear = StrokeImages.Pixels * StrokeImages.Pixels;
        if (context.Unit.Method == Ridge)
            return Values(ridge, test, floor, Linear, Linear, Linear);
        if (context.Unit.Method == Wiener)
            return Values(LinearRestoration.Wiener(task, train, test), test, floor, Linear + StrokeImages.Pixels, Linear + StrokeImages.Pixels, Linear);

        var choice = Chosen(training, task, budget, context.Unit.Method, context.Cancellation);
        var outcome = training.Train(choice, train, test, context.SharedBySetting("weights"), context.Shared("order").NextUInt64());
        var values = Values(outcome.Restored, test, floor, choice.Network.TrainableParameters, choice.Network.StoredParameters, choice.Network.MultiplyAdds);
        values["training seconds"] = outcome.Seconds;
        values["learning rate"] = choice.Rate;
        values["blocks"] = choice.Network.Shape?.BottleneckWidths.Count ?? 0;
        values["block width"] = choice.Network.Shape?.BottleneckWidths[0] ?? choice.Network.Hidden;
        values["skip width"] = choice.Network.Shape?.LatentWidth ?? 0;
        return values;
    }

    private static RestorationTraining.Choice Chosen(RestorationTraining training, RestorationTask task, int budget, string method, CancellationToken cancellation)
    {
        if (method != WithoutNorm)
            return training.Choose(task, $"{method}, {budget}", Candidates(method, budget), cancellation);
        var shape = Chosen(training, task, budget, Fixed, cancellation).Network.Shape!;
        return training.Choose(task, $"{method}, {budget}", [RestorationNetwork.Hourglass(1000L * budget, shape.LatentWidth, shape.BottleneckWidths.Count, shape.Lift, normalizes: false)], cancellation);
    }

    private static Dictionary<string, double> Values(float[] restored, VectorBatch test, double floor, long trained, long stored, long products)
    {
        var ratio = RestorationTasks.PeakSignalToNoise(restored, test);
        var error = 0.0;
        for (var i = 0; i < restored.Length; i++)
            error += ((double)restored[i] - test.Targets[i]) * ((double)restored[i] - test.Targets[i]) / restored.Length;
        return new()
        {
            [Parameters] = trained,
            ["stored parameters"] = stored,
            [Products] = products,
            [Ratio] = ratio,
            [Gain] = ratio - floor,
            [Error] = error,
        };
    }

    private static string Name(RestorationTask task, int budget) => string.Create(CultureInfo.InvariantCulture, $"{task switch
    {
        RestorationTask.Denoising => "denoising",
        RestorationTask.SuperResolution => "super-resolution",
        _ => "subspace",
    }}, {budget}k");

    private static (RestorationTask Task, int Budget) Parsed(string setting)
    {
        var (task, budget) = (setting[..setting.IndexOf(',', StringComparison.Ordinal)], setting[(setting.IndexOf(',', StringComparison.Ordinal) + 2)..^1]);
        return (Enum.GetValues<RestorationTask>().Single(one => Name(one, 0).StartsWith(task + ",", StringComparison.Ordinal)), int.Parse(budget, CultureInfo.InvariantCulture));
    }

    private static double Volume(RunResults results, RestorationTask task, string method, int seed, string cost, double most) => Hypervolume.Compute(
        [.. Budgets.SelectMany(budget => new[] { Math.Log10(results.Value(method, Name(task, budget), seed, cost)), -results.Value(method, Name(task, budget), seed, Gain) })],
        2,
        [most, 0]);

    private static double Difference(RunResults results, RestorationTask task, int budget, int seed, string first, string second) =>
        results.Value(first, Name(task, budget), seed, Ratio) - results.Value(second, Name(task, budget), seed, Ratio);

    /// <summary>The error in the subspace above the least possible one, in dB.</summary>
    private static double Excess(RunResults results, string method, int seed) =>
        10 * Math.Log10(results.Value(method, Name(RestorationTask.Subspace, 198), seed, Error) / RestorationTasks.SubspaceOptimum);
}
