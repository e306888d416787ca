namespace Vilfredo.Studies;

/// <summary>Which sampler proposes trials, and its settings.</summary>
/// <param name="Name">One of the registered names, such as <c>nsga2</c>, <c>nsga3</c>, <c>smsemoa</c>, <c>moead</c>, <c>spea2</c>, <c>rvea</c>, <c>rnsga2</c>, <c>bayesian</c>, <c>tpe</c>, <c>mgda</c>, <c>random</c>, <c>sobol</c>, <c>halton</c> or <c>grid</c>; or <c>auto</c> for a choice by <see cref="AutoSampler"/>.</param>
public sealed record SamplerDefinition(string Name = "nsga2")
{
    /// <summary>Settings whose value is a number, by name, as the sampler documents them; missing ones have the sampler's defaults.</summary>
    public IReadOnlyDictionary<string, double> Options { get; init; } = new Dictionary<string, double>();

    /// <summary>Settings whose value is a word, such as <c>order_crossover</c>, by name; missing ones have the sampler's defaults.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();
}
