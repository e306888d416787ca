namespace Vilfredo.Neural.Tokenization;

/// <summary>Names of the special tokens of our own tokenizers.</summary>
internal static class SpecialNames
{
    public const string Begin = "<|begin|>";
    public const string End = "<|end|>";
    public const string Padding = "<|padding|>";

    /// <summary>The tokens that begin, end and pad, with ids from <paramref name="first"/> on.</summary>
    public static Dictionary<string, int> After(int first) => new() { [Begin] = first, [End] = first + 1, [Padding] = first + 2 };
}
