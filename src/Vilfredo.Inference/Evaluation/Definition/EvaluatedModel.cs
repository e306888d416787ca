using Vilfredo.Inference.Providers;
using Vilfredo.Measurement.IdealizedRuntime;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>A model of an evaluation, with what its costs beside money are estimated from.</summary>
/// <param name="Definition">The model.</param>
public sealed record EvaluatedModel(ModelDefinition Definition)
{
    /// <summary>The power that its machine draws while it answers, in watts; null when energy is not estimated.</summary>
    public double? Watts { get; init; }

    /// <summary>How long a call takes on a stated machine; null when idealised runtimes are not estimated.</summary>
    public RuntimeProfile? Profile { get; init; }
}
