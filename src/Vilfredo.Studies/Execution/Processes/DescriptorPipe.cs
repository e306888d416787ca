using System.IO.Pipes;

namespace Vilfredo.Studies.Execution;

/// <summary>A pipe whose two ends are close-on-exec descriptors.</summary>
internal sealed class DescriptorPipe : IDisposable
{
    private readonly AnonymousPipeServerStream _pipe = new(PipeDirection.In, HandleInheritability.None);

    /// <summary>The end to read from.</summary>
    public int ReadEnd => (int)_pipe.SafePipeHandle.DangerousGetHandle();

    /// <summary>The end to write to.</summary>
    public int WriteEnd => (int)_pipe.ClientSafePipeHandle.DangerousGetHandle();

    /// <summary>Closes the writing end here, so that the reading end ends when the other holders have closed theirs.</summary>
    public void CloseWriteEnd() => _pipe.DisposeLocalCopyOfClientHandle();

    public void Dispose()
    {
        _pipe.DisposeLocalCopyOfClientHandle();
        _pipe.Dispose();
    }
}
