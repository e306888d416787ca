namespace Vilfredo.Measurement.OffPolicy.Networks;

/// <summary>The networks of <see cref="FittedQEvaluation"/> and <see cref="Stationary.LagrangianEvaluation.Train"/>, and how long they are trained. Defaults are the published ones, but for the batch of fitted Q evaluation, which is not known.</summary>
public sealed record NetworkOptions
{
    /// <summary>The hidden layers, rectified linear units each; empty for linear functions.</summary>
    public IReadOnlyList<int> HiddenUnits { get; init; } = [100];

    /// <summary>The step size, above 0: of Adam for values, of gradient descent and ascent with momentum for weights.</summary>
    public double LearningRate { get; init; } = 1e-4;

    /// <summary>Steps of training, at least 1.</summary>
    public int Steps { get; init; } = 10_000;

    /// <summary>Logged steps per step of training, at least 1.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Steps of training between copies of the values to the ones that are regressed on (fitted Q evaluation), at least 1.</summary>
    public int TargetInterval { get; init; } = 100;

    /// <summary>The norm to which the gradient of a network is cut (weights), above 0.</summary>
    public double GradientNorm { get; init; } = 10;

    /// <summary>The momentum of gradient descent and ascent (weights), in [0, 1).</summary>
    public double Momentum { get; init; } = 0.9;

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(HiddenUnits);
        foreach (var units in HiddenUnits) AtLeastOne(units, nameof(HiddenUnits));
        AtLeastOne(Steps, nameof(Steps));
        AtLeastOne(BatchSize, nameof(BatchSize));
        AtLeastOne(TargetInterval, nameof(TargetInterval));
        if (!(LearningRate > 0 && double.IsFinite(LearningRate))) throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The step size is finite and above 0.");
        if (!(GradientNorm > 0)) throw new ArgumentOutOfRangeException(nameof(GradientNorm), GradientNorm, "The largest norm of a gradient is above 0.");
        if (!(Momentum is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(Momentum), Momentum, "The momentum lies in [0, 1).");
    }

    private static void AtLeastOne(int value, string name) => ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
}
