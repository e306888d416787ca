using System.CommandLine;
using System.CommandLine.Parsing;

namespace Vilfredo.Cli.Hosting;

/// <summary>How a command is called, from the program's name down.</summary>
internal static class CommandPath
{
    /// <summary>A path such as <c>vilfredo indicators hypervolume</c>.</summary>
    public static string Of(CommandResult result)
    {
        var names = new Stack<string>();
        SymbolResult? current = result;
        for (; current is CommandResult { Command: not RootCommand } command; current = current.Parent)
            names.Push(command.Command.Name);
        return string.Join(' ', names.Prepend("vilfredo"));
    }
}
