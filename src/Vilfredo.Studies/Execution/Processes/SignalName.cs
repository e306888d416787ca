namespace Vilfredo.Studies.Execution;

/// <summary>Names of signals in messages.</summary>
internal static class SignalName
{
    public static string Of(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        8 => "SIGFPE",
        9 => "SIGKILL",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        7 when OperatingSystem.IsLinux() => "SIGBUS",
        10 when OperatingSystem.IsLinux() => "SIGUSR1",
        12 when OperatingSystem.IsLinux() => "SIGUSR2",
        10 when OperatingSystem.IsMacOS() => "SIGBUS",
        30 when OperatingSystem.IsMacOS() => "SIGUSR1",
        31 when OperatingSystem.IsMacOS() => "SIGUSR2",
        _ => $"signal {signal}",
    };

    /// <summary>What most often sends a signal that surprises, for the end of a message; may be empty.</summary>
    public static string Hint(int signal) => signal switch
    {
        9 => " (sent by hand, or by the system when memory ran out)",
        11 => " (a bad memory access)",
        6 => " (the program gave up, often on a failed assertion)",
        _ => "",
    };
}
