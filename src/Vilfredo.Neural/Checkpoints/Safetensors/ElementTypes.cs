namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>Names and widths of <see cref="ElementType"/>.</summary>
public static class ElementTypes
{
    private static readonly (ElementType Type, string Name, int Width)[] All =
    [
        (ElementType.Boolean, "BOOL", 1), (ElementType.UInt8, "U8", 1), (ElementType.Int8, "I8", 1),
        (ElementType.Float8E5M2, "F8_E5M2", 1), (ElementType.Float8E4M3, "F8_E4M3", 1), (ElementType.Float8E8M0, "F8_E8M0", 1),
        (ElementType.Int16, "I16", 2), (ElementType.UInt16, "U16", 2), (ElementType.Float16, "F16", 2), (ElementType.BFloat16, "BF16", 2),
        (ElementType.Int32, "I32", 4), (ElementType.UInt32, "U32", 4), (ElementType.Float32, "F32", 4),
        (ElementType.Complex64, "C64", 8), (ElementType.Float64, "F64", 8), (ElementType.Int64, "I64", 8), (ElementType.UInt64, "U64", 8),
    ];

    /// <summary>The names that a file may use, separated by commas.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(entry => entry.Name));

    /// <summary>The name in the file, such as <c>BF16</c>.</summary>
    public static string Name(this ElementType type) => Of(type).Name;

    /// <summary>Bytes per element.</summary>
    public static int Width(this ElementType type) => Of(type).Width;

    /// <summary>Finds the type by its name in the file.</summary>
    /// <returns>Whether the name is one of <see cref="Names"/>; case matters.</returns>
    public static bool TryParse(string name, out ElementType type)
    {
        var i = Array.FindIndex(All, entry => entry.Name == name);
        type = i < 0 ? default : All[i].Type;
        return i >= 0;
    }

    private static (ElementType Type, string Name, int Width) Of(ElementType type) =>
        Enum.IsDefined(type) ? All[(int)type] : throw new ArgumentOutOfRangeException(nameof(type), type, "not an element type of safetensors");
}
