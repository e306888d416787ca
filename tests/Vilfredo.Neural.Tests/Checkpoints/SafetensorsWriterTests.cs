using CsCheck;
using Vilfredo.Neural.Checkpoints.Safetensors;

namespace Vilfredo.Neural.Tests.Checkpoints;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_written_file_reads_back_bit_for_bit_and_does_not_depend_on_the_order()
    {
        var item =
            from name in Gen.String
            from type in Gen.Enum<ElementType>()
            from shape in Gen.Long[0, 3].Array[0, 3]
            from bytes in Gen.Byte.Array[checked((int)(type.Width() * shape.Aggregate(1L, (a, b) => a * b)))]
            select (Name: "t" + name, Type: type, Shape: shape, Bytes: bytes);
        var metadata = Gen.Dictionary(Gen.String, Gen.String)[0, 3];
        Gen.Select(item.Array[0, 6], metadata).Sample((items, texts) =>
        {
            items = [.. items.DistinctBy(i => i.Name)];
            var first = Write("first", items, texts);
            var second = Write("second", [.. items.Reverse()], texts.Reverse().ToDictionary());
            Assert.Equal(first, second);

            using var file = SafetensorsFile.Open(_folder.File("first"));
            Assert.Equal(0, file.Header.DataOffset % 8);
            Assert.Equal(texts, file.Header.Metadata);
            Assert.Equal(items.Length, file.Header.Entries.Count);
            foreach (var (name, type, shape, bytes) in items)
            {
                var entry = file.Header.Find(name)!;
                Assert.Equal(type, entry.Type);
                Assert.Equal(shape, entry.Shape);
                Assert.Equal(0, entry.Begin % type.Width());
                var read = new byte[entry.ByteCount];
                file.Read(entry, 0, read);
                Assert.Equal(bytes, read);
            }
        }, iter: 100, threads: 1);
    }

    [Fact]
    public void The_bytes_of_a_file_are_those_of_the_format()
    {
        var bytes = Write("file", [("b", ElementType.UInt8, [1], [7]), ("a", ElementType.Float32, [1], [1, 2, 3, 4])], new() { ["k"] = "v" });
        var json = """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[1],"data_offsets":[4,5]}}""";
        var padded = json.PadRight((json.Length + 7) / 8 * 8);
        Assert.Equal([.. BitConverter.GetBytes((ulong)padded.Length), .. System.Text.Encoding.UTF8.GetBytes(padded), 1, 2, 3, 4, 7], bytes);
    }

    [Fact]
    public void A_tensor_that_writes_too_little_leaves_the_old_file()
    {
        var before = Write("file", [("a", ElementType.UInt8, [1], [7])], []);
        var item = new SafetensorsItem("a", ElementType.UInt8, [4], stream => stream.Write([1, 2]));
        var error = Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write(_folder.File("file"), [item]));
        Assert.Contains("wrote 2 bytes; its shape and type need 4", error.Message);
        Assert.Equal(before, File.ReadAllBytes(_folder.File("file")));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Two_tensors_of_one_name_and_reserved_names_are_refused()
    {
        var a = SafetensorsItem.FromBytes("a", ElementType.UInt8, [1], new byte[1]);
        Assert.Contains("occurs twice", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(_folder.File("file"), [a, a])).Message);
        Assert.Contains("reserved", Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(_folder.File("file"), [a with { Name = "__metadata__" }])).Message);
        Assert.Throws<ArgumentException>(() => SafetensorsItem.FromBytes("a", ElementType.Float32, [1], new byte[3]));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_part_of_a_tensor_can_be_read_and_nothing_beyond_it()
    {
        Write("file", [("a", ElementType.UInt8, [4], [1, 2, 3, 4]), ("b", ElementType.UInt8, [1], [5])], []);
        using var file = SafetensorsFile.Open(_folder.File("file"));
        var part = new byte[2];
        file.Read(file.Header.Find("a")!, 1, part);
        Assert.Equal([2, 3], part);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(file.Header.Find("a")!, 3, part));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(file.Header.Find("a")!, -1, part));
        Assert.Throws<ArgumentException>(() => file.Read(new SafetensorsEntry("a", ElementType.UInt8, [900], 0, 900), 0, part));
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_open_is_an_error()
    {
        Write("file", [("a", ElementType.UInt8, [4], [1, 2, 3, 4])], []);
        using var file = SafetensorsFile.Open(_folder.File("file"));
        using (var stream = File.Open(_folder.File("file"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            stream.SetLength(stream.Length - 1);
        Assert.Throws<EndOfStreamException>(() => file.Read(file.Header.Find("a")!, 0, new byte[4]));
    }

    private byte[] Write(string name, (string Name, ElementType Type, long[] Shape, byte[] Bytes)[] items, Dictionary<string, string> metadata)
    {
        var path = _folder.File(name);
        SafetensorsWriter.Write(path, items.Select(i => SafetensorsItem.FromBytes(i.Name, i.Type, i.Shape, i.Bytes)), metadata);
        return File.ReadAllBytes(path);
    }
}
