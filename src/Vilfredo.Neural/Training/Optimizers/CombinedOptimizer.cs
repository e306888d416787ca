using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Several optimisers, each for parameters of its own, that step together.</summary>
public sealed class CombinedOptimizer : IOptimizer
{
    private readonly IOptimizer[] _parts;

    /// <summary>Combines optimisers; they are disposed with this one.</summary>
    /// <exception cref="ArgumentException">There is none, or two train the same parameter.</exception>
    public CombinedOptimizer(params IReadOnlyList<IOptimizer> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = [.. parts];
        Groups = [.. _parts.SelectMany(part => part.Groups)];
        var twice = Groups.SelectMany(group => group.Parameters).GroupBy(one => one.Value.Handle).FirstOrDefault(group => group.Skip(1).Any());
        if (_parts.Length == 0 || twice is not null)
            throw new ArgumentException(twice is null ? "There is no optimiser to combine." : $"Two optimisers train the parameter '{twice.First().Name}'; leave it to one.", nameof(parts));
        State = _parts.Index().SelectMany(part => part.Item.State.Select(pair => ($"{part.Index}.{pair.Key}", pair.Value))).ToDictionary(StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <inheritdoc/>
    /// <remarks>The names of the parts' states after "0.", "1." and so on.</remarks>
    public IReadOnlyDictionary<string, Tensor> State { get; }

    /// <inheritdoc/>
    public void Step(double factor = 1)
    {
        foreach (var part in _parts)
            part.Step(factor);
    }

    /// <inheritdoc/>
    public void ZeroGradients()
    {
        foreach (var part in _parts)
            part.ZeroGradients();
    }

    /// <summary>Disposes the parts.</summary>
    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
    }
}
