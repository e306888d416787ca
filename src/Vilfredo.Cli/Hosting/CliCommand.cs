using System.CommandLine;

namespace Vilfredo.Cli.Hosting;

/// <summary>A command with what its help screen shows beyond options: examples and details.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="description">One sentence, shown in overviews and at the head of the command's help.</param>
internal sealed class CliCommand(string name, string description) : Command(name, description)
{
    /// <summary>Paragraphs after the description, or <see langword="null"/>.</summary>
    public string? Details { get; init; }

    /// <summary>Command lines to copy, at least one for a command that runs.</summary>
    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>Sets what the command does; it returns the exit code. Ctrl-C ends the process at once.</summary>
    public void Handle(Func<ParseResult, int> run) => SetAction(run);

    /// <summary>
    /// Sets what the command does when it has something to finish on Ctrl-C or SIGTERM: the first signal cancels the
    /// token, a second one ends the process at once. Leaving by <see cref="OperationCanceledException"/> gives exit code
    /// 130 (143 after SIGTERM); returning a code of its own is fine too.
    /// </summary>
    public void Handle(Func<ParseResult, CancellationToken, Task<int>> run) => SetAction(parse =>
    {
        using var interruption = new Interruption();
        try
        {
            return run(parse, interruption.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return interruption.ExitCode;
        }
    });
}
