using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Vilfredo.Measurement.Tasks;

/// <summary>
/// Assigns every problem to one split by a keyed hash (HMAC-SHA256) of its canonical form. The splits are disjoint by
/// construction, whatever seeds, difficulties and teachers the items were drawn with, and in whatever order.
/// </summary>
public sealed class TaskSplitter
{
    private readonly byte[] key;

    /// <summary>Creates the splitter.</summary>
    /// <param name="key">Another key gives another, independent partition.</param>
    /// <param name="validationShare">The share of all problems in <see cref="TaskSplit.Validation"/>, from 0 to 1.</param>
    /// <param name="testShare">The share of all problems in <see cref="TaskSplit.Test"/>, from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A share is not in [0, 1], or both together exceed 1.</exception>
    public TaskSplitter(string key = "vilfredo", double validationShare = 0.1, double testShare = 0.1)
    {
        ArgumentNullException.ThrowIfNull(key);
        CheckShare(validationShare, nameof(validationShare));
        CheckShare(testShare, nameof(testShare));
        if (validationShare + testShare > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(testShare), testShare, $"Validation ({validationShare}) and test share together must not exceed 1.");
        }

        this.key = Encoding.UTF8.GetBytes(key);
        ValidationShare = validationShare;
        TestShare = testShare;
    }

    /// <summary>A tenth for validation, a tenth for testing.</summary>
    public static TaskSplitter Default { get; } = new();

    /// <summary>The share of all problems in the validation split.</summary>
    public double ValidationShare { get; }

    /// <summary>The share of all problems in the test split.</summary>
    public double TestShare { get; }

    /// <summary>The split of a problem.</summary>
    /// <param name="family">The family's name.</param>
    /// <param name="problem">The canonical form of the problem.</param>
    public TaskSplit SplitOf(string family, string problem)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(problem);
        var hash = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{family}\n{problem}"));
        var position = (BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) * (1.0 / (1UL << 53));
        return position < TestShare ? TaskSplit.Test
            : position < TestShare + ValidationShare ? TaskSplit.Validation
            : TaskSplit.Train;
    }

    private static void CheckShare(double share, string name)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(name, share, "A share must be a number from 0 to 1.");
    }
}
