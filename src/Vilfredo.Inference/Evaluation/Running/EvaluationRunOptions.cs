using Vilfredo.Inference.Providers;
using Vilfredo.Inference.Running;

namespace Vilfredo.Inference.Evaluation.Running;

/// <summary>How an evaluation is run.</summary>
public sealed record EvaluationRunOptions
{
    /// <summary>Told of every answer.</summary>
    public IProgress<EvaluationProgress>? Progress { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Counts the tokens of a model.</summary>
    public Func<ModelDefinition, ITokenCounter> Tokens { get; init; } = _ => new EndpointTokenCounter();

    /// <summary>The consecutive failed answers after which the run is given up. At least 1.</summary>
    public int MostFailuresInARow { get; init; } = 10;
}
