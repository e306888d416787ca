using Spectre.Console;
using Spectre.Console.Rendering;

namespace Vilfredo.Cli.Tests.Rendering;

/// <summary>A terminal that is a string.</summary>
internal static class Screen
{
    internal static string Render(IRenderable renderable, int width, bool unicode = true, bool color = false)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = unicode;
        console.Write(renderable);
        return text.ToString().ReplaceLineEndings("\n");
    }

    internal static string[] Lines(IRenderable renderable, int width, bool unicode = true) =>
        [.. Render(renderable, width, unicode).TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
}
