using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Data;

/// <summary>Vectors, with the vector that should come of each.</summary>
public sealed class VectorBatch
{
    private readonly float[] _inputs;
    private readonly float[] _targets;

    /// <summary>A batch of N pairs.</summary>
    /// <param name="inputs">The inputs, row by row, N x d_x.</param>
    /// <param name="targets">The targets, row by row, N x d_y.</param>
    /// <param name="rows">N, at least 1.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or a row is empty.</exception>
    public VectorBatch(float[] inputs, float[] targets, int rows)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (inputs.Length == 0 || targets.Length == 0 || inputs.Length % rows != 0 || targets.Length % rows != 0)
            throw new ArgumentException($"{rows} rows of equal length are wanted; there are {inputs.Length} numbers of inputs and {targets.Length} of targets.", nameof(inputs));
        (_inputs, _targets, Rows) = (inputs, targets, rows);
    }

    /// <summary>The number of pairs, N.</summary>
    public int Rows { get; }

    /// <summary>The numbers of an input, d_x.</summary>
    public int InputWidth => _inputs.Length / Rows;

    /// <summary>The numbers of a target, d_y.</summary>
    public int TargetWidth => _targets.Length / Rows;

    /// <summary>The inputs, row by row.</summary>
    public ReadOnlySpan<float> Inputs => _inputs;

    /// <summary>The targets, row by row.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>The inputs as a new tensor, [N, d_x].</summary>
    public Tensor InputTensor() => tensor(_inputs, [Rows, InputWidth]);

    /// <summary>The targets as a new tensor, [N, d_y].</summary>
    public Tensor TargetTensor() => tensor(_targets, [Rows, TargetWidth]);

    /// <summary>Some of the pairs, in an order.</summary>
    /// <param name="rows">Their numbers, from 0; at least one.</param>
    public VectorBatch Select(ReadOnlySpan<int> rows)
    {
        var inputs = new float[rows.Length * InputWidth];
        var targets = new float[rows.Length * TargetWidth];
        for (var i = 0; i < rows.Length; i++)
        {
            Inputs.Slice(rows[i] * InputWidth, InputWidth).CopyTo(inputs.AsSpan(i * InputWidth));
            Targets.Slice(rows[i] * TargetWidth, TargetWidth).CopyTo(targets.AsSpan(i * TargetWidth));
        }

        return new(inputs, targets, rows.Length);
    }
}
