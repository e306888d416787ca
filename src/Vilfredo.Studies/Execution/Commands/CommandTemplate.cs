namespace Vilfredo.Studies.Execution;

/// <summary>A command whose arguments depend on the knobs of a trial.</summary>
/// <remarks>
/// Values come from the caller by name, so that special placeholders (trial number, trial directory, attempt, seed) are
/// names like any other. Immutable; safe to use from several threads.
/// </remarks>
public sealed class CommandTemplate
{
    private readonly CommandArgument[] _arguments;
    private readonly TemplateText[] _texts;
    private readonly ShellContext[]? _shellContexts;

    private CommandTemplate(CommandArgument[] arguments, bool isShell)
    {
        _arguments = arguments;
        _texts = [.. arguments.Select((argument, i) => TemplateText.Parse(argument.Template, i))];
        if (isShell) _shellContexts = ShellScanner.ContextsOf(_texts[0]);
        Placeholders = [.. _texts.SelectMany(text => text.Placeholders)];
    }

    /// <summary>Program and arguments as they were given; for a shell its line alone.</summary>
    public IReadOnlyList<CommandArgument> Arguments => _arguments;

    /// <summary>All placeholders in order, for a check of their names before anything runs.</summary>
    public IReadOnlyList<CommandPlaceholder> Placeholders { get; }

    /// <summary>The distinct conditions of arguments, for a check before anything runs.</summary>
    public IReadOnlyList<string> Conditions => [.. _arguments.Select(argument => argument.Condition).OfType<string>().Distinct()];

    /// <summary>Whether the command is a line for <c>/bin/sh</c>.</summary>
    public bool IsShell => _shellContexts is not null;

    /// <summary>Parses a command given as program and arguments.</summary>
    /// <exception cref="ArgumentException">There is no argument at all.</exception>
    /// <exception cref="FormatException">A template has a lone brace, an unusable name or format; the message says where.</exception>
    public static CommandTemplate Parse(IEnumerable<CommandArgument> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CommandArgument[] given = [.. arguments];
        if (given.Length == 0) throw new ArgumentException("The command is empty; name a program.", nameof(arguments));
        return new CommandTemplate(given, isShell: false);
    }

    /// <summary>Parses a command given as program and arguments without conditions.</summary>
    /// <inheritdoc cref="Parse(IEnumerable{CommandArgument})"/>
    public static CommandTemplate Parse(IEnumerable<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return Parse(arguments.Select(argument => new CommandArgument(argument)));
    }

    /// <summary>Parses a line for <c>/bin/sh</c>. Values are quoted for the place where they stand and never read as code.</summary>
    /// <param name="line">The line; braces of the shell itself are doubled, as in <c>${{HOME}}</c>.</param>
    /// <exception cref="FormatException">
    /// The template is malformed, or a placeholder stands where no quoting is safe (such as in backquotes or behind a here
    /// document).
    /// </exception>
    public static CommandTemplate ParseShell(string line)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(line);
        return new CommandTemplate([new CommandArgument(line)], isShell: true);
    }

    /// <summary>Substitutes the values of one trial.</summary>
    /// <param name="valueOf">The text of a value by name; <see langword="null"/> when the name has none in this trial.</param>
    /// <param name="condition">Whether a condition holds in this trial; asked once for each distinct condition.</param>
    /// <returns>Program and arguments, to be passed on as they are.</returns>
    /// <exception cref="FormatException">A value is missing or does not suit its format, or no argument is left.</exception>
    public IReadOnlyList<string> Build(Func<string, string?> valueOf, Func<string, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        ArgumentNullException.ThrowIfNull(condition);
        if (IsShell) return ["/bin/sh", "-c", Substitute(0, valueOf)];

        var answers = new Dictionary<string, bool>();
        var result = new List<string>(_arguments.Length);
        for (var i = 0; i < _arguments.Length; i++)
        {
            if (_arguments[i].Condition is { } text)
            {
                if (!answers.TryGetValue(text, out var holds)) answers[text] = holds = condition(text);
                if (!holds) continue;
            }

            result.Add(Substitute(i, valueOf));
        }

        if (result.Count == 0) throw new FormatException("no argument's condition holds in this trial, so there is no program to run");
        return result;
    }

    private string Substitute(int argument, Func<string, string?> valueOf)
    {
        var text = _texts[argument];
        var result = new System.Text.StringBuilder(text.Literals[0]);
        for (var i = 0; i < text.Placeholders.Count; i++)
        {
            var placeholder = text.Placeholders[i];
            var value = valueOf(placeholder.Name) ?? throw new FormatException(
                $"the placeholder {{{placeholder.Name}}} in argument {argument} has no value in this trial; "
                + "if the knob is conditional, give the argument the same condition");
            var rendered = TemplateText.Render(placeholder, value);
            if (_shellContexts is not null) rendered = ShellQuoting.ForContext(rendered, _shellContexts[i]);
            result.Append(rendered).Append(text.Literals[i + 1]);
        }

        return result.ToString();
    }
}
