using System.CommandLine;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Hosting;
using Vilfredo.Cli.Output;
using Vilfredo.Studies;

namespace Vilfredo.Cli.Commands.Studies;

/// <summary>The command <c>vilfredo delete</c>.</summary>
internal static class DeleteCommand
{
    /// <summary>Builds the command.</summary>
    public static CliCommand Create(Terminal terminal)
    {
        var command = new CliCommand("delete", "Delete a study and all its trials.")
        {
            Examples = [new("vilfredo delete compression --yes", "Without a question")],
        };
        var name = StudyStore.Name();
        var yes = new Option<bool>("--yes", "-y") { Description = "Do not ask." };
        var storage = StudyStore.Option();
        command.Add(name);
        command.Add(yes);
        command.Add(storage);
        command.Handle(parse => StudyStore.Use(parse.GetRequiredValue(storage), StorageAccess.ReadWrite, store =>
        {
            var study = parse.GetRequiredValue(name);
            int trials;
            using (var opened = StudyStore.Open(store, study)) trials = opened.Read(s => s.Trials.Count);
            if (!parse.GetValue(yes) && !Confirm(terminal, study, trials)) return ExitCode.Failure;
            store.Delete(study);
            terminal.Output.WriteLine($"deleted '{study}' with {trials} trials");
            return ExitCode.Success;
        }));
        return command;
    }

    private static bool Confirm(Terminal terminal, string study, int trials)
    {
        if (Console.IsInputRedirected || !terminal.ErrorIsInteractive)
            throw new UserErrorException($"delete '{study}' with {trials} trials?", "Say so with --yes.");
        terminal.Error.Write($"Delete '{study}' with {trials} trials? This cannot be undone. [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
