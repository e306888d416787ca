using TorchSharp;
using Vilfredo.Neural.Fused;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Attention;

/// <summary>Rotary position encoding in Hugging Face's half-split form: dimension j and dimension j + n/2 of a head turn together by position x theta^(-2j/n).</summary>
/// <remarks>Source: Su et al., RoFormer, 2021, equation 34, with the pairing of Llama's published weights. The angles of a forward pass are computed once and serve all layers.</remarks>
public sealed class RotaryAngles : IDisposable
{
    private readonly Tensor _cosine;
    private readonly Tensor _sine;
    private readonly int _dimensions;

    private RotaryAngles(Tensor cosine, Tensor sine, int dimensions)
    {
        (_cosine, _sine, _dimensions) = (cosine, sine, dimensions);
    }

    /// <summary>The angles at <paramref name="positions"/>.</summary>
    /// <param name="positions">Positions, [T] or [B, T], of any numeric type.</param>
    /// <param name="dimensions">How many dimensions of a head rotate, n; even.</param>
    /// <param name="theta">The base of the angles.</param>
    /// <param name="type">The type of the queries and keys. Angles are computed in 32 bits, in 64 for 64-bit models.</param>
    public static RotaryAngles At(Tensor positions, int dimensions, double theta, ScalarType type)
    {
        using var scope = NewDisposeScope();
        var precise = type == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        using Scalar zero = 0, two = 2, count = dimensions; // held: see ScalarOperations
        var exponents = arange(zero, count, two, dtype: ScalarType.Float64, device: positions.device).div(count);
        var frequencies = tensor(new[] { theta }, device: positions.device).pow(exponents.neg()).to(precise);
        var angles = positions.to(precise).unsqueeze(-1) * frequencies; // (..., T, n/2)
        if (positions.dim() == 2)
            angles = angles.unsqueeze(1); // a place for the heads: (B, 1, T, n/2)
        return new(angles.cos().to(type).MoveToOuterDisposeScope(), angles.sin().to(type).MoveToOuterDisposeScope(), dimensions);
    }

    /// <summary>Turns queries or keys by the angles of their positions.</summary>
    /// <param name="heads">Queries or keys, [B, H, T, head size].</param>
    public Tensor Rotate(Tensor heads) => Turn(heads, _sine);

    /// <summary>How many dimensions of a head turn.</summary>
    internal int Dimensions => _dimensions;

    /// <summary>Lays rows of queries, keys and values side by side, [B, T, (heads + 2 key heads) n], out by heads and turns the first two; where TensorMemory.Serves.</summary>
    /// <returns>Queries, keys and values, [B, heads, T, n].</returns>
    internal List<Tensor> TurnedHeads(Tensor rows, int heads, int keyHeads) => FusedHeads.apply(rows, _cosine, _sine, heads, keyHeads);

    /// <summary>Turns rotated keys back: the inverse of <see cref="Rotate"/>.</summary>
    public Tensor Unrotate(Tensor heads)
    {
        using var inverse = _sine.neg();
        return Turn(heads, inverse);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _cosine.Dispose();
        _sine.Dispose();
    }

    private Tensor Turn(Tensor heads, Tensor sine)
    {
        using var scope = NewDisposeScope();
        var size = heads.size(-1);
        var half = _dimensions / 2;
        var first = heads.narrow(-1, 0, half);
        var second = heads.narrow(-1, half, half);
        var turned = (first * _cosine).sub_(second * sine);
        var turnedToo = (second * _cosine).AddTensor(first * sine);
        Tensor[] parts = size > _dimensions ? [turned, turnedToo, heads.narrow(-1, _dimensions, size - _dimensions)] : [turned, turnedToo];
        return cat(parts, -1).MoveToOuterDisposeScope();
    }
}
