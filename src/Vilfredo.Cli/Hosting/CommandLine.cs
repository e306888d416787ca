using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;
using Vilfredo.IO;

namespace Vilfredo.Cli.Hosting;

/// <summary>From the arguments of the process to its exit code.</summary>
internal static class CommandLine
{
    private const string DebugVariable = "VILFREDO_DEBUG";

    /// <summary>Runs the command the arguments name and returns the exit code (<see cref="ExitCode"/>).</summary>
    public static int Run(string[] args)
    {
        var terminal = Terminal.OfProcess();
        var exitCode = Guarded(terminal, () => Dispatch(args, terminal));

        // What a command wrote before it failed goes out too. That can fail for itself, on a full disk.
        return exitCode == ExitCode.Failure ? exitCode : Guarded(terminal, () =>
        {
            terminal.Output.Flush();
            return exitCode;
        });
    }

    private static int Guarded(Terminal terminal, Func<int> work)
    {
        try
        {
            return work();
        }
        catch (UserErrorException error)
        {
            terminal.WriteError(error.Message, error.Mend);
            return ExitCode.BadInput;
        }
        catch (InputFormatException error)
        {
            terminal.WriteError(error.Message, error.Mend);
            return ExitCode.BadInput;
        }
        catch (CommandFailedException error)
        {
            WriteFailure(terminal, error, error.Message, error.Mend);
            return ExitCode.Failure;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WriteFailure(terminal, error, error.Message, null);
            return ExitCode.Failure;
        }
        catch (Exception error)
        {
            WriteFailure(
                terminal,
                error,
                $"this is a bug: {error.GetType().Name}: {error.Message}",
                $"Please report it with the command line and the stack trace, which {DebugVariable}=1 shows.");
            return ExitCode.Bug;
        }
    }

    private static int Dispatch(string[] args, Terminal terminal)
    {
        if (args is ["--version"])
        {
            terminal.Output.WriteLine($"vilfredo {Version()}");
            return ExitCode.Success;
        }

        if (args is [])
            args = ["--help"];
        else if (args is ["help", .. var topic])
            args = [.. topic, "--help"];

        var root = CreateRoot(args, terminal);

        // A file may be named @points.txt; arguments are not looked up in it.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
            throw UsageError.From(parsed);
        return parsed.Invoke(new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
    }

    private static RootCommand CreateRoot(string[] args, Terminal terminal)
    {
        var root = new RootCommand("Pareto workbench: measure what quality costs and find better trade-offs.");
        var named = CommandCatalog.Entries.Where(entry => args.Contains(entry.Name)).ToList();

        // Only the command that was asked for is built; the overview and the search for a misspelt name need them all.
        foreach (var entry in named.Count > 0 ? named : CommandCatalog.Entries)
            root.Add(entry.Create(terminal));

        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Description = "Show help for a command.";
            help.Action = new HelpScreen(terminal);
        }

        foreach (var version in root.Options.OfType<VersionOption>())
            version.Description = "Show the version.";
        return root;
    }

    /// <summary>The version of the command, such as <c>0.1.0</c>.</summary>
    public static string Version()
    {
        var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        return version?.InformationalVersion.Split('+')[0] ?? "unknown";
    }

    private static void WriteFailure(Terminal terminal, Exception error, string message, string? mend)
    {
        terminal.WriteError(message, mend);
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
            terminal.Error.WriteLine(error);
    }
}
