using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Vilfredo.Studies.Execution;

/// <summary>
/// A small shell in a session of its own that kills the process groups of running children as soon as this process is
/// gone, however it went (kill -9 included).
/// </summary>
/// <remarks>
/// It reads <c>+GROUP</c> and <c>-GROUP</c> lines from a pipe whose writing end only this process holds, and acts at the
/// end of file. A group is taken off before its leader is reaped, so that a reused id is never hit. A child that was
/// started but not yet announced when this process was killed is missed; so are descendants that left the group.
/// </remarks>
internal sealed class GroupGuard : IDisposable
{
    private const string Shell = "/bin/sh";

    // Signals for a whole terminal or user must not end the guard before its owner.
    private const string Script = """
        trap '' HUP INT TERM QUIT
        groups=' '
        while read -r sign group; do
            case $sign in
            +) groups="$groups$group " ;;
            -) case $groups in *" $group "*)
                before=${groups%%" $group "*}
                groups="$before ${groups#*" $group "}" ;;
               esac ;;
            esac
        done
        for group in $groups; do kill -s KILL -- "-$group"; done
        """;

    private readonly AnonymousPipeServerStream _lines;
    private readonly int _process;
    private readonly Lock _writing = new();
    private bool _disposed;

    private GroupGuard(AnonymousPipeServerStream lines, int process)
    {
        _lines = lines;
        _process = process;
    }

    /// <summary>Starts a guard, or returns <see langword="null"/> on a system without <c>/bin/sh</c>.</summary>
    public static GroupGuard? TryStart()
    {
        var lines = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var descriptor = (int)nothing.DangerousGetHandle();
        var readEnd = (int)lines.ClientSafePipeHandle.DangerousGetHandle();
        var error = UnixSpawn.Start(Shell, [Shell, "-c", Script], [], "/", readEnd, descriptor, descriptor, out var process);
        lines.DisposeLocalCopyOfClientHandle();
        if (error == 0) return new GroupGuard(lines, process);
        lines.Dispose();
        return null;
    }

    public void Add(int group) => Send('+', group);

    public void Remove(int group) => Send('-', group);

    public unsafe void Dispose()
    {
        lock (_writing)
        {
            if (_disposed) return;
            _disposed = true;
        }

        _lines.Dispose();
        while (LibC.Wait4(_process, null, 0, null) < 0 && Marshal.GetLastPInvokeError() == LibC.EINTR)
        {
            // A signal to this process interrupted the wait.
        }
    }

    private void Send(char sign, int group)
    {
        Span<byte> line = stackalloc byte[24];
        Utf8.TryWrite(line, CultureInfo.InvariantCulture, $"{sign} {group}\n", out var length);
        lock (_writing)
        {
            if (_disposed) return;
            try
            {
                _lines.Write(line[..length]);
            }
            catch (IOException)
            {
                // Somebody killed the guard: children run on without it.
            }
        }
    }
}
