namespace Vilfredo.Neural.Transformers;

/// <summary>A model's configuration cannot be read, contradicts itself, or asks for something that is not built.</summary>
public sealed class InvalidConfigException : Exception
{
    /// <summary>With the field, what it is and what it may be.</summary>
    public InvalidConfigException(string message)
        : base(message)
    {
    }

    /// <summary>With the error of the reader below.</summary>
    public InvalidConfigException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
