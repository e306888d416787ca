namespace Vilfredo.Inference.Routing.Predictors;

/// <summary>The kinds of routers that can be trained.</summary>
public enum RouterKind
{
    /// <summary>The mean qualities, whatever the prompt.</summary>
    Constant,

    /// <summary>Draws.</summary>
    Random,

    /// <summary>Rules: a logistic scale of the complexity alone.</summary>
    Complexity,

    /// <summary>Nearest neighbours.</summary>
    Neighbors,

    /// <summary>Logistic regression for each candidate.</summary>
    Logistic,

    /// <summary>A linear support vector machine for each candidate, with Platt's scaling.</summary>
    SupportVector,

    /// <summary>A perceptron with one hidden layer.</summary>
    Perceptron,

    /// <summary>Matrix factorisation of preferences (RouteLLM's mf).</summary>
    MatrixFactorization,

    /// <summary>Similarity-weighted Elo ratings (RouteLLM's sw_ranking).</summary>
    SimilarityRating,

    /// <summary>Dual contrastive learning (RouterDC).</summary>
    Contrastive,

    /// <summary>A network on the graph of prompts and candidates (GraphRouter).</summary>
    Graph,
}
