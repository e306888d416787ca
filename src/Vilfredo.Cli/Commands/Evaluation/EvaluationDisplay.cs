using Spectre.Console;
using Vilfredo.Cli.Output;
using Vilfredo.Cli.Rendering;
using Vilfredo.Inference.Evaluation.Running;

namespace Vilfredo.Cli.Commands.Evaluation;

/// <summary>Shows on standard error how an evaluation runs: on a terminal a live bar, otherwise a plain line now and then.</summary>
internal sealed class EvaluationDisplay(Terminal terminal)
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan FirstLine = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    /// <summary>Runs an evaluation under the display.</summary>
    public EvaluationOutcome Show(Func<IProgress<EvaluationProgress>, EvaluationOutcome> run)
    {
        if (!terminal.ErrorIsInteractive)
            return run(new Throttled(FirstLine, PlainInterval, progress => terminal.Error.WriteLine(EvaluationView.PlainLine(progress))));
        return terminal.ErrorConsole.Live(new Text("")).AutoClear(true).Start(live =>
            run(new Throttled(TimeSpan.Zero, LiveInterval, progress => live.UpdateTarget(new EvaluationView(progress)))));
    }

    /// <summary>Passes the first report after a time on, then one per interval, from whatever thread they come.</summary>
    private sealed class Throttled(TimeSpan first, TimeSpan interval, Action<EvaluationProgress> show) : IProgress<EvaluationProgress>
    {
        private readonly Lock _lock = new();
        private TimeSpan _next = first;

        public void Report(EvaluationProgress value)
        {
            lock (_lock)
            {
                if (value.Elapsed < _next)
                    return;
                _next = value.Elapsed + interval;
                show(value);
            }
        }
    }
}
