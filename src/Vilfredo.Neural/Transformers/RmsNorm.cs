using TorchSharp;
using TorchSharp.Utils;
using Vilfredo.Neural.Fused;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Transformers;

/// <summary>Root-mean-square normalisation of the last dimension: w x / sqrt(mean(x^2) + eps), computed in 32 bits (64 for 64-bit input).</summary>
/// <remarks>Source: Zhang and Sennrich, Root Mean Square Layer Normalization, 2019, equation 4.</remarks>
public sealed class RmsNorm : Module<Tensor, Tensor>
{
    private readonly double _epsilon;

    // The name lets a change of type or device find the field and replace the parameter.
    [ComponentName(Name = "weight")]
    private readonly TorchSharp.Modules.Parameter _weight;

    /// <summary>With weights of one.</summary>
    /// <param name="size">The size of the last dimension.</param>
    /// <param name="epsilon">Added to the mean square; positive.</param>
    public RmsNorm(int size, double epsilon)
        : base(nameof(RmsNorm))
    {
        _epsilon = epsilon;
        _weight = Parameter(ones(size));
        RegisterComponents();
    }

    /// <summary>The scale of each dimension, [size].</summary>
    public Tensor Weight => _weight;

    /// <summary>Normalises <paramref name="input"/>, [..., size].</summary>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (TensorMemory.Serves(input, input.size(-1)))
            return FusedRmsNorm.apply(input, _weight, _epsilon).MoveToOuterDisposeScope();
        var x = input.dtype == ScalarType.Float64 ? input : input.to(ScalarType.Float32);
        var scale = x.mul(x).mean([-1], keepdim: true).AddNumber(_epsilon).rsqrt_();
        return (_weight * (x * scale).to(input.dtype)).MoveToOuterDisposeScope();
    }
}
