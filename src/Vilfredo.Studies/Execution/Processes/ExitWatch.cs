using System.Runtime.InteropServices;

namespace Vilfredo.Studies.Execution;

/// <summary>
/// A descriptor that <c>poll</c> reports as soon as a child has ended, without reaping it: a pidfd on Linux 5.3 and
/// later, else a pipe that a helper thread closes.
/// </summary>
/// <remarks>
/// The child stays a zombie until it is reaped, so its id, which is also its group's, cannot be taken by another
/// process while the rest of the group is killed.
/// </remarks>
internal sealed class ExitWatch : IDisposable
{
    /// <summary><c>pidfd_open</c> has the same number on every architecture.</summary>
    private const int OpenProcessDescriptor = 434;

    private const int OneProcess = 1; // P_PID
    private const int Exited = 4; // WEXITED

    private readonly DescriptorPipe? _pipe;
    private readonly Thread? _thread;

    private ExitWatch(int descriptor) => Descriptor = descriptor;

    private ExitWatch(DescriptorPipe pipe, Thread thread)
    {
        _pipe = pipe;
        _thread = thread;
        Descriptor = pipe.ReadEnd;
    }

    /// <summary>Readable, or hung up, once the child has ended.</summary>
    public int Descriptor { get; }

    /// <summary>Watches a child of this process that is not reaped yet.</summary>
    public static ExitWatch Start(int process, bool allowProcessDescriptor = true)
    {
        if (allowProcessDescriptor && OperatingSystem.IsLinux())
        {
            var descriptor = (int)LibC.SystemCall(OpenProcessDescriptor, process, 0);
            if (descriptor >= 0) return new ExitWatch(descriptor);
        }

        var pipe = new DescriptorPipe();
        var thread = new Thread(() => WaitAndClose(process, pipe), 64 * 1024) { IsBackground = true, Name = $"exit of {process}" };
        thread.Start();
        return new ExitWatch(pipe, thread);
    }

    /// <summary>Stops watching. The child has ended.</summary>
    public void Dispose()
    {
        if (_pipe is null)
        {
            _ = LibC.Close(Descriptor);
            return;
        }

        _thread!.Join();
        _pipe.Dispose();
    }

    private static unsafe void WaitAndClose(int process, DescriptorPipe pipe)
    {
        var withoutReaping = OperatingSystem.IsMacOS() ? 0x20 : 0x0100_0000; // WNOWAIT
        var information = stackalloc byte[256]; // siginfo_t, not read
        while (LibC.WaitId(OneProcess, process, information, Exited | withoutReaping) < 0
            && Marshal.GetLastPInvokeError() == LibC.EINTR)
        {
            // A signal to this process interrupted the wait.
        }

        pipe.CloseWriteEnd();
    }
}
