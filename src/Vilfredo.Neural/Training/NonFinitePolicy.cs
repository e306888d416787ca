namespace Vilfredo.Neural.Training;

/// <summary>What a training does with a step whose loss or gradient is not a finite number.</summary>
public enum NonFinitePolicy
{
    /// <summary>Ends with <see cref="TrainingDivergedException"/>; the weights are those before the step.</summary>
    Stop,

    /// <summary>Leaves weights and state of the optimiser as they are and goes on with the next batch; ten such steps in a row end the training all the same.</summary>
    Skip,
}
