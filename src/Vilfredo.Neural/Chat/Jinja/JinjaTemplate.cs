using System.Text;

namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>A template in the part of the Jinja language that chat templates are written in, with the functions that Hugging Face's libraries give them.</summary>
/// <remarks>What is not built is refused when the template is read. A template has no way to anything but the values it is given, and its steps, text and depth are bounded.</remarks>
internal sealed class JinjaTemplate
{
    private readonly Statement _body;

    /// <exception cref="ChatTemplateException">The template cannot be read; the message has the line.</exception>
    public JinjaTemplate(string source) => _body = Bounded(() => new StatementParser(Lexer.Cut(source)).Parse());

    /// <exception cref="ChatTemplateException">The template cannot be rendered with these values, or refuses them.</exception>
    public string Render(IReadOnlyDictionary<string, object?> values)
    {
        var budget = new Budget();
        var globals = new Scope(null, budget)
        {
            ["raise_exception"] = (Function)((arguments, _) => throw new ChatTemplateException($"The chat template refuses this chat: {Values.Text(arguments.Count > 0 ? arguments[0] : "").TrimEnd('.')}.")),
            ["namespace"] = (Function)((_, named) => Made(named)),
            ["range"] = (Function)((arguments, _) => Range(arguments, budget)),
        };
        foreach (var (name, value) in values)
            globals[name] = value;
        var output = new StringBuilder();
        Bounded(() => _body(new Scope(globals, budget), output));
        return output.ToString();
    }

    private static T Bounded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (InsufficientExecutionStackException)
        {
            throw new ChatTemplateException("The chat template is nested too deeply.");
        }
    }

    private static Namespace Made(IReadOnlyDictionary<string, object?> values)
    {
        var space = new Namespace();
        foreach (var (name, value) in values)
            space[name] = value;
        return space;
    }

    private static List<object?> Range(IReadOnlyList<object?> arguments, Budget budget)
    {
        var numbers = arguments.Select(argument => argument as long? ?? throw Values.Cannot("count with something other than integers")).ToArray();
        var (start, stop, step) = numbers switch
        {
            [var to] => (0L, to, 1L),
            [var from, var to] => (from, to, 1L),
            [var from, var to, not 0 and var by] => (from, to, by),
            _ => throw Values.Cannot("count without an end, or by zero"),
        };
        var list = new List<object?>();
        for (var i = start; step > 0 ? i < stop : i > stop; i += step)
        {
            budget.Step();
            list.Add(i);
        }

        return list;
    }
}
