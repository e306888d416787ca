using TorchSharp;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>What the optimisers share: checked groups, state of the shapes of the parameters, and a step that leaves no tensor behind.</summary>
public abstract class Optimizer : IOptimizer
{
    private readonly Dictionary<string, Tensor> _state = new(StringComparer.Ordinal);
    private readonly List<Slot> _slots = [];
    private readonly Tensor _counts;

    /// <summary>An optimiser whose state is zero.</summary>
    /// <param name="groups">The parameters.</param>
    /// <param name="buffers">The names of the tensors that each parameter needs beside itself.</param>
    /// <exception cref="ArgumentException">There is no parameter, one occurs twice, or one asks for no gradient.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A learning rate or weight decay is negative or no number.</exception>
    private protected Optimizer(IReadOnlyList<ParameterGroup> groups, params IReadOnlyList<string> buffers)
    {
        Groups = Checked(groups);
        using var noGradient = no_grad();
        foreach (var group in groups)
        {
            foreach (var (name, value) in group.Parameters)
            {
                var own = buffers.Select(_ => zeros_like(value).DetachFromDisposeScope()).ToArray();
                for (var i = 0; i < own.Length; i++)
                    _state.Add($"{name}.{buffers[i]}", own[i]);
                _slots.Add(new(group, value, own));
            }
        }

        _counts = zeros(_slots.Count, dtype: ScalarType.Int64).DetachFromDisposeScope();
        _state.Add("steps", _counts);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <inheritdoc/>
    /// <remarks>"steps" (int64, one count per parameter in the order of the groups) and, per parameter, its buffers under "parameter.buffer".</remarks>
    public IReadOnlyDictionary<string, Tensor> State => _state;

    /// <inheritdoc/>
    public void Step(double factor = 1)
    {
        RequireNumber(factor, nameof(factor));
        using var noGradient = no_grad();
        for (var i = 0; i < _slots.Count; i++)
        {
            using var scope = NewDisposeScope();
            var slot = _slots[i];
            if (slot.Parameter.grad is not { } gradient)
                continue;
            var counts = _counts.data<long>();
            var count = counts[i] + 1;
            counts[i] = count;
            Update(slot, gradient, slot.Group.LearningRate * factor, count);
        }
    }

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        using var noGradient = no_grad();
        foreach (var slot in _slots)
        {
            using var scope = NewDisposeScope();
            slot.Parameter.grad?.zero_();
        }
    }

    /// <summary>Frees the state. The parameters stay.</summary>
    public void Dispose()
    {
        foreach (var tensor in _state.Values)
            tensor.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Changes one parameter in place, without gradients and in a scope of its own.</summary>
    /// <param name="slot">The parameter with its group and its buffers.</param>
    /// <param name="gradient">Its gradient; not to be changed.</param>
    /// <param name="rate">The learning rate of this step.</param>
    /// <param name="count">The number of this step of this parameter, from 1.</param>
    private protected abstract void Update(Slot slot, Tensor gradient, double rate, long count);

    private protected static void Decay(Slot slot, double rate)
    {
        if (slot.Group.WeightDecay > 0)
            slot.Parameter.ScaleBy(1 - (rate * slot.Group.WeightDecay));
    }

    private protected static double RequireNumber(double value, string name, double below = double.PositiveInfinity) =>
        value >= 0 && value < below
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0 and {(double.IsInfinity(below) ? "finite" : $"below {below}")}.");

    private static IReadOnlyList<ParameterGroup> Checked(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var handles = new HashSet<nint>();
        foreach (var group in groups)
        {
            RequireNumber(group.LearningRate, nameof(group.LearningRate));
            RequireNumber(group.WeightDecay, nameof(group.WeightDecay));
            foreach (var (name, value) in group.Parameters)
            {
                if (!names.Add(name) || !handles.Add(value.Handle))
                    throw new ArgumentException($"The parameter '{name}' occurs twice, by name or by tensor; put it into one group, once.", nameof(groups));
                if (!value.requires_grad || !value.is_leaf)
                    throw new ArgumentException($"The parameter '{name}' {(value.is_leaf ? "asks for no gradient" : "is computed from others")}; leave it out, or pass the tensor that is trained.", nameof(groups));
            }
        }

        return names.Count > 0 ? groups : throw new ArgumentException("There is no parameter to train.", nameof(groups));
    }

    /// <summary>A parameter with all that belongs to it.</summary>
    private protected sealed record Slot(ParameterGroup Group, Tensor Parameter, Tensor[] Buffers);
}
