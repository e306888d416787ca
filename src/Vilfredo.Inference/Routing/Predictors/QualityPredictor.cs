using System.Text.Json.Serialization;

namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>Predicts from the features of a conversation how well each candidate would answer. It is plain data: what a router's file holds.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(ConstantPredictor), "constant")]
[JsonDerivedType(typeof(RandomPredictor), "random")]
[JsonDerivedType(typeof(LinearPredictor), "linear")]
[JsonDerivedType(typeof(NearestNeighborsPredictor), "neighbors")]
[JsonDerivedType(typeof(PerceptronPredictor), "perceptron")]
[JsonDerivedType(typeof(MatrixFactorizationPredictor), "matrix_factorization")]
[JsonDerivedType(typeof(SimilarityRatingPredictor), "similarity_rating")]
[JsonDerivedType(typeof(ContrastivePredictor), "contrastive")]
[JsonDerivedType(typeof(GraphPredictor), "graph")]
public abstract record QualityPredictor
{
    private protected QualityPredictor()
    {
    }

    /// <summary>What to expect of the candidates.</summary>
    /// <param name="features">The features, on the scale of the training data.</param>
    public abstract RoutePrediction Predict(IReadOnlyList<double> features);

    /// <summary>Refuses numbers that do not fit together.</summary>
    /// <param name="features">The number of features that it will be given.</param>
    /// <param name="candidates">The number of candidates that it must predict for.</param>
    /// <exception cref="FormatException">They do not; the message says what.</exception>
    internal abstract void Check(int features, int candidates);

    private protected static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

    private protected static double Dot(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double sum = 0;
        for (var i = 0; i < a.Count; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The cosine of the angle between two vectors; 0 where one is 0.</summary>
    private protected static double Cosine(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var (product, squareA, squareB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Count; i++)
        {
            product += a[i] * b[i];
            squareA += a[i] * a[i];
            squareB += b[i] * b[i];
        }

        return squareA > 0 && squareB > 0 ? product / Math.Sqrt(squareA * squareB) : 0;
    }

    private protected static void Require(bool holds, string message)
    {
        if (!holds)
            throw new FormatException(message);
    }

    private protected static void RequireMatrix(IReadOnlyList<IReadOnlyList<double>> rows, int count, int width, string name)
    {
        Require(rows.Count == count, $"'{name}' has {rows.Count} rows; it must have {count}.");
        Require(rows.All(row => row is not null && row.Count == width && row.All(double.IsFinite)), $"A row of '{name}' does not have {width} finite numbers.");
    }
}
