using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Fused;

/// <summary>Numbers of a tensor in the processor's memory, for functions that do in one walk what takes the library one for each operation.</summary>
/// <remarks>
/// Between two products of matrices a training step of a small model spends a fifth of its time walking through the same numbers again and again.
/// The functions of this folder have a forward and a backward walk each. They serve training alone: without gradient the plain operations run, with the rounding they always had.
/// </remarks>
internal static class TensorMemory
{
    /// <summary>Whether a fused function may stand for plain operations: a gradient is wanted, and rows are 32-bit numbers in ordinary memory, a whole number of vectors long.</summary>
    /// <param name="input">What the function would read.</param>
    /// <param name="row">The length of what it reads at a time.</param>
    public static bool Serves(Tensor input, long row) =>
        input.requires_grad && is_grad_enabled() && input.dtype == ScalarType.Float32 && input.device_type == DeviceType.CPU && row % Vector<float>.Count == 0;

    /// <summary>The numbers of a contiguous tensor as vectors; valid while the tensor is.</summary>
    public static Span<Vector<float>> Vectors(Tensor contiguous) => MemoryMarshal.Cast<byte, Vector<float>>(contiguous.bytes);

    /// <summary>The numbers of a contiguous tensor; valid while the tensor is.</summary>
    public static Span<float> Numbers(Tensor contiguous) => MemoryMarshal.Cast<byte, float>(contiguous.bytes);
}
