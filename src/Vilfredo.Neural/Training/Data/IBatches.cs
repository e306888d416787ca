namespace Vilfredo.Neural.Training.Data;

/// <summary>The endless sequence of batches that a training reads: a pure function of the number of a batch, so that training that is resumed needs no state of it.</summary>
/// <typeparam name="TBatch">What is trained on in one pass.</typeparam>
public interface IBatches<out TBatch>
{
    /// <summary>A batch of the sequence.</summary>
    /// <param name="index">Its number, from 0; in any order, but consecutive numbers may be cheaper.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    TBatch At(long index);
}
