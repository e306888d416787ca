using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Momentum whose steps are orthogonalised, for the hidden matrices of a network (Jordan et al., 2024); other parameters want <see cref="AdamW"/>, see <see cref="MuonPartition"/>.</summary>
/// <remarks>
/// M = mu M + (1 - mu) G; U = (1 - mu) G + mu M with Nesterov, else M; W = (1 - lr wd) W - lr s <see cref="NewtonSchulz"/>(U).
/// With the default iteration a step's spectral norm is at most 1.21 lr s, whatever the gradient, and with weight decay that of W stays within max(|W_0|, 1.21 s / wd).
/// Tensors of three dimensions are stacks of matrices [E, m, n], orthogonalised one by one; those of four and more are kernels of convolutions, taken as [m, rest].
/// </remarks>
public sealed class Muon : Optimizer
{
    private readonly MuonOptions _options;

    /// <summary>An optimiser whose momentum is zero.</summary>
    /// <param name="groups">The parameters, each of two dimensions or more.</param>
    /// <param name="options">How a step is made; null means the defaults.</param>
    /// <exception cref="ArgumentException">A parameter is no matrix, occurs twice or asks for no gradient, or there is none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Muon(IReadOnlyList<ParameterGroup> groups, MuonOptions? options = null)
        : base(MatricesOnly(groups), "momentum")
    {
        _options = options ?? new();
        RequireNumber(_options.Momentum, nameof(_options.Momentum), below: 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Iterations, 1, nameof(_options.Iterations));
        if (!Enum.IsDefined(_options.Scale))
            throw new ArgumentOutOfRangeException(nameof(options), _options.Scale, $"The scale must be one of {string.Join(", ", Enum.GetNames<MuonScale>())}.");
    }

    private protected override void Update(Slot slot, Tensor gradient, double rate, long count)
    {
        var momentum = slot.Buffers[0];
        momentum.ScaleBy(_options.Momentum).AddScaled(gradient, 1 - _options.Momentum);
        var update = _options.Nesterov ? momentum.Scaled(_options.Momentum).AddScaled(gradient, 1 - _options.Momentum) : momentum;
        if (update.dim() > 3)
            update = update.flatten(1);
        var direction = _options.IsExact ? PolarFactor.Of(update) : NewtonSchulz.Orthogonalize(update, _options.Iterations, _options.Coefficients);
        Decay(slot, rate);
        slot.Parameter.AddScaled(direction.reshape(slot.Parameter.shape), -rate * Scale(update.size(-2), update.size(-1)));
    }

    private static IReadOnlyList<ParameterGroup> MatricesOnly(IReadOnlyList<ParameterGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var (name, value) in groups.SelectMany(group => group.Parameters))
        {
            if (value.dim() < 2)
                throw new ArgumentException($"The parameter '{name}' has {value.dim()} dimensions; Muon needs matrices. Give it to {nameof(AdamW)}, as {nameof(MuonPartition)} does.", nameof(groups));
        }

        return groups;
    }

    private double Scale(long rows, long columns) => _options.Scale switch
    {
        MuonScale.RowsOverColumns => Math.Sqrt(Math.Max(1, (double)rows / columns)),
        MuonScale.MatchAdamW => 0.2 * Math.Sqrt(Math.Max(rows, columns)),
        _ => 1,
    };
}
