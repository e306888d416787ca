namespace Vilfredo.Studies.Yaml;

/// <summary>A YAML file cannot be read or does not make sense. The message lists every mistake with its line and the mend.</summary>
public sealed class YamlFileException : Exception
{
    /// <summary>Creates the exception with all mistakes of a file.</summary>
    public YamlFileException(IReadOnlyList<string> mistakes)
        : base(string.Join(Environment.NewLine, mistakes)) => Mistakes = mistakes;

    /// <summary>Creates the exception with one mistake.</summary>
    public YamlFileException(string message)
        : this([message])
    {
    }

    /// <summary>Creates the exception with one mistake and its cause.</summary>
    public YamlFileException(string message, Exception innerException)
        : base(message, innerException) => Mistakes = [message];

    /// <summary>Creates the exception without a message.</summary>
    public YamlFileException()
        : this([])
    {
    }

    /// <summary>The mistakes, each as <c>file:line: what is wrong and how to mend it</c>.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}
