using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Commands.CodeEfficiency;

/// <summary>The command group <c>vilfredo code-efficiency</c>.</summary>
internal static class CodeEfficiencyCommand
{
    /// <summary>Builds the group.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("code-efficiency", "Run model-written code in a sandbox: is it right, and what does it cost?")
        {
            Examples = [new("vilfredo code-efficiency run answer.cs --problem problem.json", "One program on the tests of a problem")],
        };
        command.Add(RunCommand.Create(terminal));
        command.Add(EvaluateCommand.Create(terminal));
        command.Add(PackCommand.Create(terminal));
        return command;
    }
}
