using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Vilfredo.Neural.Checkpoints.Safetensors;

namespace Vilfredo.Neural.Tests.Checkpoints;

public sealed class SafetensorsHeaderTests
{
    private const string Valid = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"b":{"dtype":"BF16","shape":[],"data_offsets":[24,26]}}""";

    [Fact]
    public void A_header_lists_tensors_and_metadata()
    {
        var header = SafetensorsHeader.Parse(File(Valid, 26), "test");
        Assert.Equal("pt", header.Metadata["format"]);
        Assert.Equal(["a", "b"], header.Entries.Select(entry => entry.Name));
        Assert.Equal(("[2, 3]", 6L, 24L), (header.Entries[0].ShapeText, header.Entries[0].ElementCount, header.Entries[0].ByteCount));
        Assert.Equal((ElementType.BFloat16, "[]", 1L), (header.Find("b")!.Type, header.Find("b")!.ShapeText, header.Find("b")!.ElementCount));
        Assert.Equal(8 + Valid.Length, header.DataOffset);
        Assert.Null(header.Find("c"));
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("{}   ", 0)]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[3],"data_offsets":[0,3],"later":{"x":[1]}}}""", 3)]
    [InlineData("""{"a":{"dtype":"I64","shape":[0,5],"data_offsets":[0,0]},"b":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}""", 1)]
    public void What_the_format_allows_is_read(string json, int data) => Assert.NotNull(SafetensorsHeader.Parse(File(json, data), "test"));

    [Theory]
    [InlineData("", 0, "does not begin with {")]
    [InlineData("  {}", 0, "does not begin with {")]
    [InlineData("{", 0, "JSON")]
    [InlineData("{}x", 0, "JSON")]
    [InlineData("{}{}", 0, "JSON")]
    [InlineData("""{"a":1}""", 0, "described by 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "has no data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "has no shape")]
    [InlineData("""{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "has no dtype")]
    [InlineData("""{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown dtype 'F31'")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "7 for dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "-1 in shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "1.5 in shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "a text in shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "an array in shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775808],"data_offsets":[0,4]}}""", 4, "in shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", 4, "overflows")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2305843009213693952],"data_offsets":[0,4]}}""", 4, "overflows")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "has 4 bytes, but its shape and type need 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", 4, "has 3 data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "ends at byte 0, before")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}""", 5, "there is a hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "they overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "surplus")]
    [InlineData("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "'a' occurs twice")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "dtype twice")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "only texts")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "'a' twice")]
    [InlineData("""{"__metadata__":[]}""", 0, "not an object of texts")]
    [InlineData("""{"\ud800":{}}""", 0, "not Unicode")]
    public void A_header_that_breaks_a_rule_is_refused_with_the_rule(string json, int data, string expected)
    {
        var error = Assert.Throws<SafetensorsFormatException>(() => SafetensorsHeader.Parse(File(json, data), "model.safetensors"));
        Assert.Contains(expected, error.Message);
        Assert.StartsWith("model.safetensors: ", error.Message);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused()
    {
        var file = File("""{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1);
        file[10] = 0xff;
        Assert.Contains("UTF-8", Assert.Throws<SafetensorsFormatException>(() => SafetensorsHeader.Parse(file, "test")).Message);
    }

    [Theory]
    [InlineData(0ul, 0)]
    [InlineData(100_000_001ul, 8)]
    [InlineData(ulong.MaxValue, 8)]
    [InlineData(0x8000_0000_0000_0000ul, 8)]
    [InlineData(3ul, 8)]
    [InlineData(2ul, 5)]
    public void A_length_that_the_file_cannot_hold_is_refused_without_memory_for_it(ulong length, int bytes)
    {
        var file = new byte[10];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SafetensorsFormatException>(() => SafetensorsHeader.Parse(file.AsSpan(0, bytes), "test"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Deep_nesting_and_endless_shapes_are_refused_without_memory_for_them()
    {
        var deep = File("""{"a":{"x":""" + new string('[', 1_000_000), 0);
        var endless = File("""{"a":{"shape":[0""" + string.Concat(Enumerable.Repeat(",0", 500_000)) + "]}}", 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("JSON", Assert.Throws<SafetensorsFormatException>(() => SafetensorsHeader.Parse(deep, "test")).Message);
        Assert.Contains("more than 64", Assert.Throws<SafetensorsFormatException>(() => SafetensorsHeader.Parse(endless, "test")).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Random_bytes_give_nothing_but_the_format_exception() =>
        Gen.Byte.Array[0, 200].Sample(Refused);

    [Fact]
    public void Random_texts_after_a_true_length_give_nothing_but_the_format_exception() =>
        Gen.Char["{}[]\",:0123456789.eE-adtypeshoff_\\u "].Array[0, 80].Sample(text => Refused(File("{" + new string(text), 4)));

    [Fact]
    public void Mutated_files_give_a_header_or_the_format_exception()
    {
        var valid = File(Valid, 26);
        var edit = Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte, Gen.Int[0, 3]);
        edit.Array[1, 4].Sample(edits =>
        {
            var file = valid.ToList();
            foreach (var (at, value, kind) in edits)
            {
                var i = Math.Min(at, file.Count - 1);
                if (kind == 0) file[i] = value;
                else if (kind == 1) file.Insert(i, value);
                else if (kind == 2) file.RemoveAt(i);
                else file[i] = (byte)"0123456789{}[],:\""[value % 17];
            }

            Refused([.. file]);
        }, iter: 20_000);
    }

    private static void Refused(byte[] file)
    {
        try
        {
            var header = SafetensorsHeader.Parse(file, "test");
            Assert.Equal(file.Length, header.DataOffset + header.Entries.Sum(entry => entry.ByteCount));
        }
        catch (SafetensorsFormatException)
        {
            // what is promised
        }
    }

    private static byte[] File(string json, int data)
    {
        var text = Encoding.UTF8.GetBytes(json);
        var file = new byte[8 + text.Length + data];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)text.Length);
        text.CopyTo(file, 8);
        return file;
    }
}
