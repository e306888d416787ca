using static TorchSharp.torch;

namespace Vilfredo.Neural.Attention;

/// <summary>The keys and values that a layer has made in a pass, for when it is passed again and attends to the same ones. Gradients flow through them.</summary>
public sealed class SharedKeyValues : IDisposable
{
    /// <summary>Whether the layer has been passed already.</summary>
    public bool IsFilled => Keys is not null;

    /// <summary>What was made as keys, rotated; null before the first pass through the layer.</summary>
    public Tensor? Keys { get; private set; }

    /// <summary>What was made as values; null in attention that makes its values from what it keeps as keys.</summary>
    public Tensor? Values { get; private set; }

    /// <inheritdoc />
    public void Dispose()
    {
        Keys?.Dispose();
        Values?.Dispose();
        (Keys, Values) = (null, null);
    }

    internal void Keep(Tensor keys, Tensor? values) =>
        (Keys, Values) = (keys.alias().DetachFromDisposeScope(), values?.alias().DetachFromDisposeScope());
}
