using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Commands.Tasks;

/// <summary>The command group <c>vilfredo tasks</c>.</summary>
internal static class TasksCommand
{
    /// <summary>Builds the group.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("tasks", "Generate and check problems with exact answers, for training and measuring solvers.")
        {
            Examples = [new("vilfredo tasks sample countdown --difficulty 2", "A problem with its worked solution")],
        };
        command.Add(TaskListCommand.Create(terminal));
        command.Add(TaskSampleCommand.Create(terminal));
        command.Add(TaskCheckCommand.Create(terminal));
        return command;
    }
}
