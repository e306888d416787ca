namespace Vilfredo.Cli.Errors;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it was asked.</summary>
    public const int Success = 0;

    /// <summary>The input is right but the work could not be done.</summary>
    public const int Failure = 1;

    /// <summary>The input or the usage is wrong.</summary>
    public const int BadInput = 2;

    /// <summary>An unexpected exception, a bug (EX_SOFTWARE of sysexits.h).</summary>
    public const int Bug = 70;

    /// <summary>Ended by Ctrl-C (128 + SIGINT, as shells count).</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by a request to terminate (128 + SIGTERM).</summary>
    public const int Terminated = 143;
}
