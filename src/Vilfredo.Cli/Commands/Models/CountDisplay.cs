using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Vilfredo.Cli.Output;
using Vilfredo.Cli.Rendering;
using Vilfredo.Studies.Reporting;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>Shows on standard error how many of a known number are done, with rate and time left; nothing for work of a moment.</summary>
internal sealed class CountDisplay(Terminal terminal, string what, int total)
{
    private static readonly TimeSpan FirstLine = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _next = FirstLine;

    /// <summary>Works under the display.</summary>
    public T Show<T>(Func<IProgress<int>, T> work)
    {
        if (!terminal.ErrorIsInteractive)
            return work(new Line(this, text => terminal.Error.WriteLine(text)));
        return terminal.ErrorConsole.Live(new Text("")).AutoClear(true).Start(live => work(new Line(this, text => live.UpdateTarget(new Text(text)))));
    }

    private string? Describe(int done)
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (done == 0 || (!terminal.ErrorIsInteractive && elapsed < _next))
            return null;
        _next = elapsed + PlainInterval;
        return string.Create(CultureInfo.InvariantCulture, $"{done}/{total} {what}, {QuantityFormat.Significant(done / elapsed.TotalSeconds, 3)}/s, {ProgressLine.Duration(elapsed / done * (total - done))} left");
    }

    private sealed class Line(CountDisplay display, Action<string> write) : IProgress<int>
    {
        public void Report(int value)
        {
            if (display.Describe(value) is { } text)
                write(text);
        }
    }
}
