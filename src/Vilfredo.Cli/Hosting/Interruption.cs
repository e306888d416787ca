using System.Runtime.InteropServices;

namespace Vilfredo.Cli.Hosting;

/// <summary>Turns the first Ctrl-C or SIGTERM into a cancellation; a second one has its usual effect.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private volatile int _exitCode = Errors.ExitCode.Interrupted;

    /// <summary>Starts to listen.</summary>
    public Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code for a process that ends because of the signal.</summary>
    public int ExitCode => _exitCode;

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            return;
        if (context.Signal == PosixSignal.SIGTERM)
            _exitCode = Errors.ExitCode.Terminated;
        context.Cancel = true;
        _source.Cancel();
    }
}
