namespace Vilfredo.Cli.Hosting;

/// <summary>A command line shown in the help.</summary>
/// <param name="CommandLine">The whole line as one would type it, without a prompt.</param>
/// <param name="Meaning">What it does, in a few words.</param>
internal sealed record Example(string CommandLine, string Meaning);
