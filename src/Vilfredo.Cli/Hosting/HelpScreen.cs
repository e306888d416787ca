using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;
using Vilfredo.Cli.Errors;
using Vilfredo.Cli.Output;

namespace Vilfredo.Cli.Hosting;

/// <summary>The help of a command: what it does, how it is called, its arguments and options, examples to copy.</summary>
internal sealed class HelpScreen(Terminal terminal) : SynchronousCommandLineAction
{
    private static readonly Style Heading = new(Color.Yellow, decoration: Decoration.Bold);
    private static readonly Style Term = new(Color.Aqua);

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var path = CommandPath.Of(parseResult.CommandResult);
        Paragraph(command.Description);
        if (command is CliCommand { Details: { } details })
            Paragraph(details);

        Section("Usage", [(Usage(command, path), "")]);
        if (command is RootCommand)
            WriteCatalog(command);
        else
            Section("Commands", command.Subcommands.Select(subcommand => (subcommand.Name, subcommand.Description ?? "")));
        Section("Arguments", command.Arguments.Select(argument => (Name(argument), argument.Description ?? "")));
        Section("Options", Options(parseResult).Select(option => (Signature(option), Describe(option))));
        if (command is CliCommand { Examples: { Count: > 0 } examples })
            WriteExamples(examples);
        if (command.Subcommands.Count > 0)
            Paragraph($"Run `{path} COMMAND --help` for more about a command.");
        return ExitCode.Success;
    }

    private static string Usage(Command command, string path)
    {
        var words = new List<string> { path };
        if (command.Subcommands.Count > 0)
            words.Add("COMMAND");
        words.AddRange(command.Arguments.Select(Name));
        words.AddRange(command.Options.Where(option => option.Required).Select(Signature));
        words.Add("[options]");
        return string.Join(' ', words);
    }

    private void WriteCatalog(Command root)
    {
        var described = root.Subcommands.ToDictionary(command => command.Name, command => command.Description ?? "");
        foreach (var group in CommandCatalog.Entries.GroupBy(entry => entry.Group))
            Section(group.Key, group.Select(entry => (entry.Name, described.GetValueOrDefault(entry.Name, ""))));
    }

    private void WriteExamples(IReadOnlyList<Example> examples)
    {
        terminal.Write(new Text("Examples\n", Heading));
        foreach (var example in examples)
        {
            terminal.Write(new Padder(new Text(example.Meaning), new Padding(2, 0, 0, 0)));

            // Not wrapped: a command line is there to be copied.
            terminal.Write(new Text("    " + example.CommandLine, Term).Overflow(Overflow.Fold));
            terminal.Output.WriteLine();
        }

        terminal.Output.WriteLine();
    }

    /// <summary>The options of the command itself, then those it takes from its parents (help).</summary>
    private static IEnumerable<Option> Options(ParseResult parsed)
    {
        var own = parsed.CommandResult.Command.Options;
        var inherited = parsed.RootCommandResult.Command.Options.Where(option => option.Recursive);
        return own.Concat(inherited).Distinct().Where(option => !option.Hidden);
    }

    private static string Name(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name.ToUpperInvariant();
        if (argument.Arity.MaximumNumberOfValues > 1)
            name += "...";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Signature(Option option)
    {
        // The spellings "-?" and "/h" work too but would only clutter the screen.
        var aliases = option.Aliases.Where(alias => alias is not ("-?" or "/?" or "/h")).Order().Append(option.Name);
        var signature = string.Join(", ", aliases.Distinct());
        return option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0
            ? signature
            : $"{signature} {option.HelpName ?? "VALUE"}";
    }

    private static string Describe(Option option)
    {
        var description = option.Description ?? "";
        if (option.Required)
            return $"{description} Required.";
        return option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is { } value
            ? $"{description} Default: {value}."
            : description;
    }

    private void Paragraph(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        terminal.Write(new Text(text));
        terminal.Output.WriteLine();
        terminal.Output.WriteLine();
    }

    private void Section(string title, IEnumerable<(string Term, string Meaning)> rows)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(2, 0, 3, 0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0, 0, 0, 0) });
        var any = false;
        foreach (var (term, meaning) in rows)
        {
            grid.AddRow(new Text(term, Term), new Text(meaning));
            any = true;
        }

        if (!any)
            return;
        terminal.Write(new Text(title + "\n", Heading));
        terminal.Write(grid);
        terminal.Output.WriteLine();
    }
}
