namespace Vilfredo.Neural.Tokenization;

/// <summary>A tokenizer's file cannot be read, or needs a component that is not built.</summary>
public sealed class TokenizerFormatException : Exception
{
    /// <summary>An error that names the file and what is wrong with it.</summary>
    public TokenizerFormatException(string file, string problem, Exception? inner = null)
        : base($"{file}: {problem}.", inner)
    {
    }
}
