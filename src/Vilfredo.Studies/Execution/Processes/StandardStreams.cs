using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vilfredo.Studies.Execution;

/// <summary>The three standard streams of a child on Linux and macOS: input file, pipes or output file, and what came out.</summary>
internal sealed class StandardStreams : IDisposable
{
    private const string Nothing = "/dev/null";

    /// <summary>Bytes taken from a pipe at a time: what a pipe holds by default on Linux.</summary>
    private const int ChunkSize = 64 * 1024;

    /// <summary>What may still be taken out of a pipe after the end; a pipe holds at most 1 MiB unless root says otherwise.</summary>
    private const int LastChunks = 64;

    private readonly SafeFileHandle _input;
    private readonly SafeFileHandle? _outputFile;
    private readonly DescriptorPipe? _outputPipe;
    private readonly DescriptorPipe _errorPipe;
    private readonly OutputBuffer _output;
    private readonly OutputBuffer _error;
    private readonly byte[] _chunk = GC.AllocateUninitializedArray<byte>(ChunkSize);

    private StandardStreams(SafeFileHandle input, SafeFileHandle? outputFile, int keptBytes, Action<string>? onLine)
    {
        _input = input;
        _outputFile = outputFile;
        _outputPipe = outputFile is null ? new DescriptorPipe() : null;
        _errorPipe = new DescriptorPipe();
        _output = new OutputBuffer(keptBytes, outputFile is null ? onLine : null);
        _error = new OutputBuffer(keptBytes);
        OutputDescriptor = _outputPipe?.ReadEnd ?? -1;
        ErrorDescriptor = _errorPipe.ReadEnd;
    }

    /// <summary>Where captured output arrives; -1 after its end, or when output goes to a file.</summary>
    public int OutputDescriptor { get; private set; }

    /// <summary>Where standard error arrives; -1 after its end.</summary>
    public int ErrorDescriptor { get; private set; }

    public int ChildInput => (int)_input.DangerousGetHandle();

    public int ChildOutput => _outputPipe?.WriteEnd ?? (int)_outputFile!.DangerousGetHandle();

    public int ChildError => _errorPipe.WriteEnd;

    /// <summary>Bytes written so far on both streams.</summary>
    public long TotalBytes =>
        (_outputFile is null ? _output.TotalBytes : RandomAccess.GetLength(_outputFile)) + _error.TotalBytes;

    /// <summary>Opens the files and pipes.</summary>
    /// <returns><see langword="null"/> when a file cannot be opened, with the reason in <paramref name="problem"/>.</returns>
    public static StandardStreams? TryOpen(ProcessSpecification specification, out string problem)
    {
        problem = "";
        SafeFileHandle? input = null;
        SafeFileHandle? output = null;
        try
        {
            var inputFile = specification.StandardInputFile ?? Nothing;
            problem = $"the input file '{inputFile}' cannot be read";
            input = File.OpenHandle(inputFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

            var outputFile = specification.StandardOutputFile;
            problem = $"the output file '{outputFile}' cannot be written";
            if (outputFile is not null)
            {
                output = File.OpenHandle(outputFile, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
                _ = RandomAccess.GetLength(output); // throws for what has none, such as a named pipe
            }

            problem = "no pipe can be made for its output";
            var streams = new StandardStreams(input, output, specification.KeptOutputBytes, specification.OutputLine);
            problem = "";
            return streams;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem += $": {e.Message}";
            input?.Dispose();
            output?.Dispose();
            return null;
        }
    }

    /// <summary>Closes here what only the child writes to, so that the pipes end with their last writer.</summary>
    public void CloseChildEnds()
    {
        _outputPipe?.CloseWriteEnd();
        _errorPipe.CloseWriteEnd();
    }

    /// <summary>Takes one chunk of standard output, which <c>poll</c> has reported.</summary>
    public void ReadOutput()
    {
        if (!Read(OutputDescriptor, _output)) OutputDescriptor = -1;
    }

    /// <summary>Takes one chunk of standard error, which <c>poll</c> has reported.</summary>
    public void ReadError()
    {
        if (!Read(ErrorDescriptor, _error)) ErrorDescriptor = -1;
    }

    /// <summary>Takes what is still in the pipes, without waiting for writers that have escaped.</summary>
    public unsafe void Drain()
    {
        var ready = stackalloc LibC.PollDescriptor[2];
        for (var i = 0; i < LastChunks && (OutputDescriptor >= 0 || ErrorDescriptor >= 0); i++)
        {
            ready[0] = new() { Descriptor = OutputDescriptor, Events = LibC.POLLIN };
            ready[1] = new() { Descriptor = ErrorDescriptor, Events = LibC.POLLIN };
            if (LibC.Poll(ready, 2, TimeSpan.Zero) <= 0) return;
            if (ready[0].Received != 0) ReadOutput();
            if (ready[1].Received != 0) ReadError();
        }
    }

    public CapturedOutput CapturedOutput => (_outputFile is null ? _output : ReadOutputFile()).ToCapturedOutput();

    public CapturedOutput CapturedError => _error.ToCapturedOutput();

    public void Dispose()
    {
        _input.Dispose();
        _outputFile?.Dispose();
        _outputPipe?.Dispose();
        _errorPipe.Dispose();
    }

    private unsafe bool Read(int descriptor, OutputBuffer buffer)
    {
        fixed (byte* chunk = _chunk)
        {
            var count = LibC.Read(descriptor, chunk, ChunkSize);
            if (count > 0) buffer.Append(_chunk.AsSpan(0, (int)count));
            // Interrupted by a signal is the only failure that can pass.
            return count > 0 || (count < 0 && Marshal.GetLastPInvokeError() == LibC.EINTR);
        }
    }

    /// <summary>Keeps of the output file what would have been kept of a pipe.</summary>
    private OutputBuffer ReadOutputFile()
    {
        var length = RandomAccess.GetLength(_outputFile!);
        var kept = (int)Math.Min(length, _output.Limit);
        var first = new byte[kept - kept / 2];
        var last = new byte[kept / 2];
        _output.Append(first.AsSpan(0, ReadFully(first, 0)));
        _output.Skip(length - kept);
        _output.Append(last.AsSpan(0, ReadFully(last, length - last.Length)));
        return _output;
    }

    private int ReadFully(Span<byte> target, long offset)
    {
        var total = 0;
        while (total < target.Length)
        {
            var count = RandomAccess.Read(_outputFile!, target[total..], offset + total);
            if (count == 0) break;
            total += count;
        }

        return total;
    }
}
