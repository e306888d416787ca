using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Vilfredo.Cli.Output;

/// <summary>
/// Where a command writes: results to standard output (tables with colour on a terminal, plain lines when redirected),
/// everything about the run itself to standard error.
/// </summary>
internal sealed class Terminal
{
    private const int PlainWidth = 100;

    private readonly Stream _standardOutput;
    private readonly Lazy<IAnsiConsole> _console;
    private readonly Lazy<IAnsiConsole> _errorConsole;

    private Terminal(Stream standardOutput, bool isInteractive, TextWriter output, TextWriter error, bool errorIsInteractive)
    {
        _standardOutput = standardOutput;
        IsInteractive = isInteractive;
        Output = output;
        Error = error;
        ErrorIsInteractive = errorIsInteractive;
        _console = new Lazy<IAnsiConsole>(() => CreateConsole(output, isInteractive));
        _errorConsole = new Lazy<IAnsiConsole>(() => CreateConsole(error, errorIsInteractive));
    }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsInteractive { get; }

    /// <summary>Whether standard error is a terminal, where progress is shown.</summary>
    public bool ErrorIsInteractive { get; }

    /// <summary>Plain text to standard output; buffered when it is redirected.</summary>
    public TextWriter Output { get; }

    /// <summary>Plain text to standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>
    /// Live renderables to standard output. Without colour and control sequences when redirected; honours NO_COLOR.
    /// </summary>
    public IAnsiConsole Console => _console.Value;

    /// <summary>Renderables (progress, errors) to standard error, which keeps standard output free for results.</summary>
    public IAnsiConsole ErrorConsole => _errorConsole.Value;

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        var interactive = !System.Console.IsOutputRedirected;
        var stream = System.Console.OpenStandardOutput();

        // Spectre recognises a terminal by Console.Out itself; a file or pipe gets large blocks instead of single lines.
        var output = interactive ? System.Console.Out : new StreamWriter(stream, new UTF8Encoding(false), 1 << 16);
        output.NewLine = "\n";
        return new Terminal(stream, interactive, output, System.Console.Error, !System.Console.IsErrorRedirected);
    }

    /// <summary>Writes a renderable to standard output; when that is redirected, without blanks at the ends of lines.</summary>
    public void Write(IRenderable renderable)
    {
        if (IsInteractive)
        {
            Console.Write(renderable);
            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        CreateConsole(text, interactive: false).Write(renderable);
        var lines = text.ToString().Split('\n').Select(line => line.TrimEnd());
        Output.Write(string.Join('\n', lines));
    }

    /// <summary>Writes bytes that are already UTF-8 text to standard output, in order with <see cref="Output"/>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Output.Flush();
        _standardOutput.Write(bytes);
    }

    /// <summary>Writes one JSON value and a line end: indented for people on a terminal, on one line otherwise.</summary>
    public void WriteJson(Action<Utf8JsonWriter> write)
    {
        Output.Flush();
        var options = new JsonWriterOptions
        {
            Indented = IsInteractive,
            NewLine = "\n",
            // Escaping for HTML would only hide the names of files; this text goes into no page.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        using (var json = new Utf8JsonWriter(_standardOutput, options))
            write(json);
        _standardOutput.WriteByte((byte)'\n');
    }

    /// <summary>Writes <c>vilfredo: message</c> and, on the next line, how to mend it to standard error.</summary>
    public void WriteError(string message, string? mend)
    {
        ErrorConsole.Write(new Text("vilfredo: ", new Style(Color.Red, decoration: Decoration.Bold)));
        Error.WriteLine(message);
        if (mend is not null)
            Error.WriteLine($"  {mend}");
    }

    /// <summary>Writes a remark on the result to standard error.</summary>
    public void WriteNote(string note)
    {
        Error.WriteLine($"vilfredo: {note}");
    }

    private static IAnsiConsole CreateConsole(TextWriter writer, bool interactive)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (!interactive)
        {
            settings.Ansi = AnsiSupport.No;
            settings.ColorSystem = ColorSystemSupport.NoColors;
            settings.Interactive = InteractionSupport.No;
        }

        var console = AnsiConsole.Create(settings);
        if (!interactive)
            console.Profile.Width = PlainWidth;
        return console;
    }
}
