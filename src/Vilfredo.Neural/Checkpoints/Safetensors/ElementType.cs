namespace Vilfredo.Neural.Checkpoints.Safetensors;

/// <summary>The type of a tensor's elements in a safetensors file, by increasing alignment.</summary>
/// <remarks>
/// Names of the file format in parentheses. Eight-bit floats, unsigned integers wider than a byte and complex numbers are listed and checked like the others,
/// but no tensor can be made of them here: loading one is refused by name.
/// </remarks>
public enum ElementType
{
    /// <summary>One byte, 0 or 1 (<c>BOOL</c>).</summary>
    Boolean,

    /// <summary>Unsigned, 8 bits (<c>U8</c>).</summary>
    UInt8,

    /// <summary>Signed, 8 bits (<c>I8</c>).</summary>
    Int8,

    /// <summary>8 bits, 5 of exponent (<c>F8_E5M2</c>).</summary>
    Float8E5M2,

    /// <summary>8 bits, 4 of exponent (<c>F8_E4M3</c>).</summary>
    Float8E4M3,

    /// <summary>8 bits, exponent only: block scales (<c>F8_E8M0</c>).</summary>
    Float8E8M0,

    /// <summary>Signed, 16 bits (<c>I16</c>).</summary>
    Int16,

    /// <summary>Unsigned, 16 bits (<c>U16</c>).</summary>
    UInt16,

    /// <summary>IEEE 754 half precision (<c>F16</c>).</summary>
    Float16,

    /// <summary>The upper half of a single-precision number (<c>BF16</c>).</summary>
    BFloat16,

    /// <summary>Signed, 32 bits (<c>I32</c>).</summary>
    Int32,

    /// <summary>Unsigned, 32 bits (<c>U32</c>).</summary>
    UInt32,

    /// <summary>IEEE 754 single precision (<c>F32</c>).</summary>
    Float32,

    /// <summary>Two single-precision numbers (<c>C64</c>).</summary>
    Complex64,

    /// <summary>IEEE 754 double precision (<c>F64</c>).</summary>
    Float64,

    /// <summary>Signed, 64 bits (<c>I64</c>).</summary>
    Int64,

    /// <summary>Unsigned, 64 bits (<c>U64</c>).</summary>
    UInt64,
}
