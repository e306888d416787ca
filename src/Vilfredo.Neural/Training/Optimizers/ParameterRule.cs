using System.IO.Enumeration;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>What is special about the training of the parameters whose names match a pattern: for new parts of a trained model, say, which want to learn faster, or alone.</summary>
/// <remarks>The first rule that matches a parameter holds for it.</remarks>
public sealed record ParameterRule
{
    /// <summary>The whole name, in which * stands for any characters and ? for one: <c>*prefix_?</c>, <c>model.layers.0.*</c>.</summary>
    public required string Match { get; init; }

    /// <summary>The learning rate at a schedule's peak; null means that of the others. Not negative.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The weight decay, of vectors too; null means that of the others, for matrices alone. Not negative.</summary>
    public double? WeightDecay { get; init; }

    /// <summary>Whether they stay as they are.</summary>
    public bool Frozen { get; init; }

    /// <summary>Whether AdamW trains them where Muon would.</summary>
    public bool TrainedByAdamW { get; init; }

    /// <summary>Whether the rule speaks of a parameter of this name.</summary>
    public bool Matches(string name) => FileSystemName.MatchesSimpleExpression(Match, name, ignoreCase: false);

    /// <summary>Takes the gradient from the parameters that the rules freeze, and gives it back to those that they do not.</summary>
    /// <param name="module">The module; only its parameters' requests for gradients change.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>How many numbers remain to be trained.</returns>
    /// <exception cref="ArgumentException">A rule matches no parameter, or nothing remains to be trained.</exception>
    public static long Freeze(nn.Module module, IReadOnlyList<ParameterRule> rules)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(rules);
        var parameters = module.named_parameters().DistinctBy(one => one.parameter.Handle).ToArray();
        if (rules.FirstOrDefault(rule => !parameters.Any(one => rule.Matches(one.name))) is { } idle)
            throw new ArgumentException($"No parameter matches '{idle.Match}'; the names are like {string.Join(", ", parameters.Take(3).Select(one => one.name))}, and * stands for any part.", nameof(rules));
        foreach (var (name, parameter) in parameters)
            parameter.requires_grad_(rules.FirstOrDefault(rule => rule.Matches(name)) is not { Frozen: true });
        var trained = parameters.Where(one => one.parameter.requires_grad).Sum(one => one.parameter.numel());
        return trained > 0 ? trained : throw new ArgumentException("The rules freeze every parameter; leave at least one to be trained.", nameof(rules));
    }

    /// <summary>Parameters in groups of equal rates and decays.</summary>
    internal static IReadOnlyList<ParameterGroup> Groups(IReadOnlyList<NamedParameter> parameters, double learningRate, double weightDecay, IReadOnlyList<ParameterRule> rules) =>
    [
        .. parameters.GroupBy(one => rules.Index().Where(rule => rule.Item.Matches(one.Name)).Select(rule => (int?)rule.Index).FirstOrDefault()).OrderBy(group => group.Key ?? int.MaxValue).SelectMany(group =>
        {
            var rule = group.Key is { } index ? rules[index] : null;
            var rate = rule?.LearningRate ?? learningRate;
            return rule?.WeightDecay is { } decay
                ? [new ParameterGroup { Parameters = [.. group], LearningRate = rate, WeightDecay = decay }]
                : ParameterGroup.Split([.. group], rate, weightDecay);
        }),
    ];
}
