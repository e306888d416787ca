using System.Buffers.Binary;
using System.Text;

namespace Vilfredo.Neural.Native;

/// <summary>The symbol versions that a 64-bit little-endian ELF library demands of other libraries (section <c>.gnu.version_r</c>).</summary>
/// <remarks>Source: System V ABI, and the Linux Standard Base Core Specification 5.0, section 10.7 (symbol versioning). Only these structures are read.</remarks>
internal static class ElfVersionNeeds
{
    private const int FileHeaderSize = 64, SectionHeaderSize = 64, RecordSize = 16;
    private const uint VersionNeedSection = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    /// <summary>
    /// Marks every need for the version <paramref name="version"/> as weak, in place: the dynamic loader then loads the library although the
    /// version is missing, and the symbols of that version stay undefined.
    /// </summary>
    /// <returns>Whether anything changed; false when there is no such need or it is weak already.</returns>
    /// <exception cref="InvalidDataException">The bytes are not a 64-bit little-endian ELF file, or its structures point outside it.</exception>
    public static bool Weaken(Span<byte> library, string version)
    {
        if (library.Length < FileHeaderSize || !library[..6].SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("This is not a 64-bit little-endian ELF file.");

        var sections = BinaryPrimitives.ReadUInt64LittleEndian(library[0x28..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(library[0x3c..]);
        var changed = false;
        for (var i = 0; i < count; i++)
        {
            var section = Slice(library, sections + (ulong)i * SectionHeaderSize, SectionHeaderSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) != VersionNeedSection)
                continue;
            var strings = Slice(library, sections + BinaryPrimitives.ReadUInt32LittleEndian(section[0x28..]) * (ulong)SectionHeaderSize, SectionHeaderSize);
            changed |= WeakenSection(
                library,
                BinaryPrimitives.ReadUInt64LittleEndian(section[0x18..]),
                BinaryPrimitives.ReadUInt32LittleEndian(section[0x2c..]),
                BinaryPrimitives.ReadUInt64LittleEndian(strings[0x18..]),
                Encoding.ASCII.GetBytes(version + '\0'));
        }

        return changed;
    }

    private static bool WeakenSection(Span<byte> library, ulong needOffset, uint needCount, ulong stringTable, ReadOnlySpan<byte> version)
    {
        var changed = false;
        for (var n = 0u; n < needCount; n++)
        {
            var need = Slice(library, needOffset, RecordSize);
            int auxiliaries = BinaryPrimitives.ReadUInt16LittleEndian(need[2..]);
            var auxiliary = needOffset + BinaryPrimitives.ReadUInt32LittleEndian(need[8..]);
            for (var a = 0; a < auxiliaries; a++)
            {
                var record = Slice(library, auxiliary, RecordSize);
                var flags = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
                var name = stringTable + BinaryPrimitives.ReadUInt32LittleEndian(record[8..]);
                if ((flags & WeakFlag) == 0 && Slice(library, name, 1).Length == 1 && library[(int)name..].StartsWith(version))
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(record[4..], (ushort)(flags | WeakFlag));
                    changed = true;
                }

                auxiliary += BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
            }

            needOffset += BinaryPrimitives.ReadUInt32LittleEndian(need[12..]);
        }

        return changed;
    }

    private static Span<byte> Slice(Span<byte> library, ulong offset, int length) =>
        offset <= (ulong)library.Length && (ulong)length <= (ulong)library.Length - offset
            ? library.Slice((int)offset, length)
            : throw new InvalidDataException($"The ELF file is damaged: it points to {length} bytes at {offset}, and has {library.Length}.");
}
