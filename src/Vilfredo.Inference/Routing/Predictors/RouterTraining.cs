namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>How a predictor is trained. The defaults are set for some hundred to some thousand prompts and are the same for every data set.</summary>
public sealed record RouterTraining
{
    /// <summary>The kind.</summary>
    public RouterKind Kind { get; init; } = RouterKind.Logistic;

    /// <summary>The seed of everything drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Of neighbours and the graph, how many count. At least 1.</summary>
    public int Neighbors { get; init => field = AtLeast(1, value, nameof(Neighbors)); } = 15;

    /// <summary>Of logistic regression, the weight of ½‖θ‖². Positive.</summary>
    public double Penalty { get; init => field = Positive(value, nameof(Penalty)); } = 10;

    /// <summary>Of support vectors, what a margin's violation costs. Positive.</summary>
    public double MarginCost { get; init => field = Positive(value, nameof(MarginCost)); } = 0.01;

    /// <summary>Of the perceptron and the graph, the hidden units. At least 1.</summary>
    public int Hidden { get; init => field = AtLeast(1, value, nameof(Hidden)); } = 16;

    /// <summary>Of matrix factorisation and the contrastive router, the dimensions; 128 in RouteLLM, which has 64 models. At least 1.</summary>
    public int Dimensions { get; init => field = AtLeast(1, value, nameof(Dimensions)); } = 16;

    /// <summary>Of perceptron, matrix factorisation, the contrastive router and the graph, the passes over the data. At least 1.</summary>
    public int Epochs { get; init => field = AtLeast(1, value, nameof(Epochs)); } = 100;

    /// <summary>Of these, the step size of Adam. Positive.</summary>
    public double LearningRate { get; init => field = Positive(value, nameof(LearningRate)); } = 0.003;

    /// <summary>Of these, what weights lose in a step, as a multiple of the step size. At least 0.</summary>
    public double WeightDecay { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(WeightDecay), value, "A decay is at least 0."); } = 0.1;

    /// <summary>Of matrix factorisation and the contrastive router, the standard deviation of the noise on the prompts' features in training, as a multiple of their own (alpha in RouteLLM).</summary>
    public double Noise { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Noise), value, "A standard deviation is at least 0."); } = 0.1;

    /// <summary>Of similarity-weighted ratings, how much the most similar prompt counts more. Above 1.</summary>
    public double Sharpness { get; init => field = value > 1 ? value : throw new ArgumentOutOfRangeException(nameof(Sharpness), value, "The sharpness is above 1."); } = 10;

    /// <summary>Of the contrastive router, how many of the best candidates of a prompt are set against how many of the worst. At least 1.</summary>
    public int Contrasted { get; init => field = AtLeast(1, value, nameof(Contrasted)); } = 3;

    /// <summary>Of the contrastive router, by what cosines of prompts and candidates are divided. Positive.</summary>
    public double Temperature { get; init => field = Positive(value, nameof(Temperature)); } = 1;

    /// <summary>Of the contrastive router, the groups of like prompts. At least 1.</summary>
    public int Groups { get; init => field = AtLeast(1, value, nameof(Groups)); } = 5;

    /// <summary>Of the contrastive router, the weight of the contrast of prompts beside that of candidates; 0 leaves it out.</summary>
    public double GroupWeight { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(GroupWeight), value, "A weight is at least 0."); } = 1;

    /// <summary>Of the graph, the share of edges that are hidden in a step of the training. Above 0 and below 1.</summary>
    public double Mask { get; init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(Mask), value, "The share of hidden edges is above 0 and below 1."); } = 0.3;

    /// <summary>Trains a predictor. The same data, settings and seed give the same predictor.</summary>
    /// <param name="features">The features of each prompt, on the scale of the training data.</param>
    /// <param name="quality">The quality of each candidate on each prompt, in [0, 1]; NaN where it is not known.</param>
    /// <exception cref="ArgumentException">There are no prompts, the rows do not fit together, or a candidate has no known quality at all.</exception>
    public QualityPredictor Train(IReadOnlyList<double[]> features, IReadOnlyList<double[]> quality)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(quality);
        if (features.Count == 0 || features.Count != quality.Count)
            throw new ArgumentException($"{features.Count} rows of features and {quality.Count} rows of qualities were given; give one of each for at least one prompt.", nameof(features));
        if (features.Any(row => row.Length != features[0].Length || !row.All(double.IsFinite)))
            throw new ArgumentException($"A row does not have {features[0].Length} finite features.", nameof(features));
        if (quality.Any(row => row.Length != quality[0].Length || row.Any(value => !(double.IsNaN(value) || value is >= 0 and <= 1))))
            throw new ArgumentException($"A row does not have {quality[0].Length} qualities from 0 to 1 (or NaN where one is not known).", nameof(quality));
        for (var candidate = 0; candidate < quality[0].Length; candidate++)
        {
            if (quality.All(row => double.IsNaN(row[candidate])))
                throw new ArgumentException($"Nothing is known of candidate {candidate}; leave it out.", nameof(quality));
        }

        var candidates = quality[0].Length;
        return Kind switch
        {
            RouterKind.Constant => new ConstantPredictor { Quality = [.. Enumerable.Range(0, candidates).Select(candidate => quality.Select(row => row[candidate]).Where(double.IsFinite).Average())] },
            RouterKind.Random => new RandomPredictor { Seed = Seed, Candidates = candidates },
            RouterKind.Complexity => LinearTraining.Logistic([.. features.Select(row => row[..1])], quality, 1e-2),
            RouterKind.Neighbors => new NearestNeighborsPredictor { Neighbors = Neighbors, Prompts = features, Quality = Known(quality) },
            RouterKind.Logistic => LinearTraining.Logistic(features, quality, Penalty),
            RouterKind.SupportVector => LinearTraining.SupportVector(features, quality, MarginCost, new(Seed)),
            RouterKind.Perceptron => PerceptronTraining.Train(this, features, quality),
            RouterKind.MatrixFactorization => MatrixFactorizationTraining.Train(this, features, quality),
            RouterKind.SimilarityRating => new SimilarityRatingPredictor { Sharpness = Sharpness, Prompts = features, Quality = Known(quality) },
            RouterKind.Contrastive => ContrastiveTraining.Train(this, features, quality),
            RouterKind.Graph => GraphTraining.Train(this, features, quality),
            _ => throw new InvalidOperationException($"There is no router of the kind {Kind}."),
        };
    }

    private static double?[][] Known(IReadOnlyList<double[]> quality) => [.. quality.Select(row => (double?[])[.. row.Select(value => double.IsNaN(value) ? (double?)null : value)])];

    private static int AtLeast(int least, int value, string name) => value >= least ? value : throw new ArgumentOutOfRangeException(name, value, $"It is at least {least}.");

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "It is positive.");
}
