namespace Vilfredo.Measurement.CodeEfficiency.Running;

/// <summary>The language that a sample is written in.</summary>
public enum SampleLanguage
{
    /// <summary>C#, compiled in this process and run by .NET in a child process.</summary>
    CSharp,

    /// <summary>Python, run by the <c>python3</c> of the machine in a child process.</summary>
    Python,
}
