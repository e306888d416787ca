using Spectre.Console;
using Vilfredo.Cli.Output;
using Vilfredo.Cli.Rendering;
using Vilfredo.Neural.Training;

namespace Vilfredo.Cli.Commands.Models;

/// <summary>Shows on standard error how a training runs: on a terminal a live view with the curve, otherwise a plain line now and then.</summary>
internal sealed class TrainingDisplay(Terminal terminal)
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan FirstLine = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    /// <summary>Trains under the display.</summary>
    public TrainingRecord Show(Func<IProgress<TrainingProgress>, TrainingRecord> train)
    {
        if (!terminal.ErrorIsInteractive)
            return train(new Throttled(FirstLine, PlainInterval, progress => terminal.Error.WriteLine(TrainingView.PlainLine(progress))));
        return terminal.ErrorConsole.Live(new Text("")).AutoClear(true).Start(live =>
            train(new Throttled(TimeSpan.Zero, LiveInterval, progress => live.UpdateTarget(new TrainingView(progress)))));
    }

    /// <summary>Passes the first report after a time on, then one per interval, and the last.</summary>
    private sealed class Throttled(TimeSpan first, TimeSpan interval, Action<TrainingProgress> show) : IProgress<TrainingProgress>
    {
        private TimeSpan _next = first;

        public void Report(TrainingProgress value)
        {
            if (value.Elapsed < _next && value.Step < value.Steps)
                return;
            _next = value.Elapsed + interval;
            show(value);
        }
    }
}
