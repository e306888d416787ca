using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Parameters that share a peak learning rate and a weight decay.</summary>
public sealed record ParameterGroup
{
    /// <summary>The parameters.</summary>
    public required IReadOnlyList<NamedParameter> Parameters { get; init; }

    /// <summary>The learning rate at a schedule's peak. Not negative.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The share of a weight that a step takes away is this times the step's learning rate (decoupled: it does not pass through the moments). Not negative.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Two groups of a module's trainable parameters: tensors of two dimensions and more with weight decay, the others (biases, normalisations) without. A tensor under several names is taken once.</summary>
    public static IReadOnlyList<ParameterGroup> Of(nn.Module module, double learningRate, double weightDecay = 0) =>
        Split(Trainable(module), learningRate, weightDecay);

    /// <summary>The same with rules for parameters by their names; those that rules freeze are left out, see <see cref="ParameterRule.Freeze"/>.</summary>
    /// <exception cref="ArgumentException">A rule matches no parameter, or nothing remains to be trained.</exception>
    public static IReadOnlyList<ParameterGroup> Of(nn.Module module, double learningRate, double weightDecay, IReadOnlyList<ParameterRule> rules)
    {
        ParameterRule.Freeze(module, rules);
        return ParameterRule.Groups(Trainable(module), learningRate, weightDecay, rules);
    }

    internal static IReadOnlyList<ParameterGroup> Split(IReadOnlyList<NamedParameter> parameters, double learningRate, double weightDecay) =>
    [
        .. new[]
        {
            new ParameterGroup { Parameters = [.. parameters.Where(one => one.Value.dim() > 1)], LearningRate = learningRate, WeightDecay = weightDecay },
            new ParameterGroup { Parameters = [.. parameters.Where(one => one.Value.dim() <= 1)], LearningRate = learningRate },
        }.Where(group => group.Parameters.Count > 0),
    ];

    internal static IReadOnlyList<NamedParameter> Trainable(nn.Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return [.. module.named_parameters().Where(pair => pair.parameter.requires_grad).DistinctBy(pair => pair.parameter.Handle).Select(pair => new NamedParameter(pair.name, pair.parameter))];
    }
}
