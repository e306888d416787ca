namespace Vilfredo.Neural.Training;

/// <summary>A checkpoint belongs to a training with other settings; nothing was loaded.</summary>
/// <param name="path">The checkpoint.</param>
/// <param name="found">Its fingerprint.</param>
/// <param name="expected">The fingerprint of the training at hand.</param>
public sealed class TrainingMismatchException(string path, string found, string expected)
    : Exception($"{path} was made with other settings.{Difference(found, expected)} Continue it with its own settings, or train into another folder.")
{
    /// <summary>The first line in which two texts differ.</summary>
    private static string Difference(string found, string expected)
    {
        var (theirs, ours) = (found.Split('\n'), expected.Split('\n'));
        for (var i = 0; i < Math.Max(theirs.Length, ours.Length); i++)
        {
            var (there, here) = (theirs.ElementAtOrDefault(i) ?? "", ours.ElementAtOrDefault(i) ?? "");
            if (there != here)
                return $" It has '{there.Trim()}' where there is '{here.Trim()}' now.";
        }

        return "";
    }
}
