using Vilfredo.Studies.Execution;

namespace Vilfredo.Studies;

/// <summary>The command of a trial as a line for a POSIX shell.</summary>
public static class StudyCommandLine
{
    /// <summary>
    /// The line that does what the trial did, ready to paste: directory, environment, arguments, input and output. The trial's
    /// own directory, which is gone, becomes the current one.
    /// </summary>
    /// <returns><see langword="null"/> when the study runs no command or the configuration lacks a knob that it needs.</returns>
    public static string? Of(StudyDefinition definition, StudyPoint point)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(point);
        if (definition.Command is not { } command) return null;
        try
        {
            var line = new List<string>();
            if (command.Directory is { } directory) line.Add($"cd {ShellQuoting.Join([directory])} &&");
            line.AddRange(command.Environment.Select(v => $"{v.Key}={ShellQuoting.Join([Substitute(v.Value)])}"));
            line.Add(ShellQuoting.Join(command.Template.Build(ValueOf, Holds)));
            if (command.StandardInput is { } input) line.Add($"< {ShellQuoting.Join([Substitute(input)])}");
            if (command.StandardOutput is { } output) line.Add($"> {ShellQuoting.Join([Substitute(output)])}");
            return string.Join(' ', line);
        }
        catch (FormatException)
        {
            // Such as a knob that joined the command after this trial.
            return null;
        }

        string Substitute(string text) => CommandTemplate.Parse([text]).Build(ValueOf, _ => true)[0];

        string? ValueOf(string name) => CommandEvaluator.ValueOf(name, definition, point.Configuration, point.Trial, attempt: 1, directory: ".");

        bool Holds(string condition) => CommandEvaluator.Holds(condition, point.Configuration);
    }
}
