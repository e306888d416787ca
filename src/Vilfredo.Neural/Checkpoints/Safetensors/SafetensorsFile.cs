using Microsoft.Win32.SafeHandles;

namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>An open safetensors file: its header, checked, and the bytes of its tensors on demand.</summary>
/// <remarks>
/// Bytes are read with positional reads straight into the caller's memory: one copy out of the page cache. A map of the file would cost a page
/// fault per few pages on top, would count in the resident memory, and a file cut short by another process would end this one.
/// Reading from several threads at once is safe.
/// </remarks>
public sealed class SafetensorsFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header)
    {
        Path = path;
        _handle = handle;
        Header = header;
    }

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>The tensors and metadata.</summary>
    public SafetensorsHeader Header { get; }

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <exception cref="SafetensorsFormatException">The file breaks a rule of the format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("safetensors files are little endian; this machine is not.");
        var handle = File.OpenHandle(path);
        try
        {
            var fileLength = RandomAccess.GetLength(handle);
            Span<byte> head = stackalloc byte[SafetensorsHeader.LengthBytes];
            var length = SafetensorsHeader.Length(head[..ReadFully(handle, head, 0)], fileLength, path);
            var json = new byte[length];
            if (ReadFully(handle, json, SafetensorsHeader.LengthBytes) < length)
                throw new SafetensorsFormatException(path, "the file became shorter while it was read");
            return new SafetensorsFile(path, handle, HeaderParser.Parse(json, fileLength - SafetensorsHeader.LengthBytes - length, path));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Reads bytes of a tensor.</summary>
    /// <param name="entry">One of <see cref="Header"/>'s.</param>
    /// <param name="offset">The first byte, counted from the begin of the tensor.</param>
    /// <param name="destination">Filled completely; at most <c>entry.ByteCount - offset</c> bytes.</param>
    /// <exception cref="IOException">The file cannot be read, or became shorter since it was opened.</exception>
    public void Read(SafetensorsEntry entry, long offset, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!ReferenceEquals(Header.Find(entry.Name), entry))
            throw new ArgumentException($"The tensor '{entry.Name}' is not one of {Path}.", nameof(entry));
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destination.Length, entry.ByteCount - offset, nameof(destination));
        if (ReadFully(_handle, destination, Header.DataOffset + entry.Begin + offset) < destination.Length)
            throw new EndOfStreamException($"{Path}: the file became shorter while it was read.");
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private static int ReadFully(SafeFileHandle handle, Span<byte> destination, long position)
    {
        var done = 0;
        while (done < destination.Length)
        {
            var read = RandomAccess.Read(handle, destination[done..], position + done);
            if (read == 0)
                break;
            done += read;
        }

        return done;
    }
}
