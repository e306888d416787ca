using System.Collections.Frozen;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Policy;

/// <summary>The part of the framework that samples may refer to.</summary>
/// <remarks>Includes what the C# compiler refers to by itself for iterators, records, events, locks and collection expressions.</remarks>
internal static class AllowedSurface
{
    private static readonly FrozenSet<string> Namespaces = FrozenSet.Create(
        "System.Collections", "System.Collections.Generic", "System.Collections.Concurrent", "System.Collections.Immutable",
        "System.Collections.Frozen", "System.Collections.ObjectModel", "System.Collections.Specialized", "System.Linq", "System.Text",
        "System.Text.RegularExpressions", "System.Numerics", "System.Globalization", "System.Buffers", "System.Buffers.Binary",
        "System.Runtime.CompilerServices", "System.Diagnostics.CodeAnalysis");

    /// <summary>Names of types in <c>System</c>, without their number of type parameters.</summary>
    private static readonly FrozenSet<string> SystemTypes = Names("""
        Object ValueType Enum Void Boolean Char String Byte SByte Int16 UInt16 Int32 UInt32 Int64 UInt64 Int128 UInt128 IntPtr UIntPtr
        Half Single Double Decimal Nullable Math MathF Array ArraySegment Tuple ValueTuple TupleExtensions Func Action Predicate
        Comparison Converter EventHandler EventArgs MulticastDelegate AsyncCallback IAsyncResult Attribute AttributeUsageAttribute
        AttributeTargets FlagsAttribute ObsoleteAttribute ParamArrayAttribute SerializableAttribute NonSerializedAttribute
        ThreadStaticAttribute CLSCompliantAttribute Random Convert BitConverter Buffer Span ReadOnlySpan Memory ReadOnlyMemory
        MemoryExtensions Index Range HashCode Lazy StringComparer StringComparison StringSplitOptions StringNormalizationExtensions
        MidpointRounding DateTime DateTimeKind DateTimeOffset DateOnly TimeOnly TimeSpan DayOfWeek Base64FormattingOptions TypeCode
        IComparable IEquatable IFormattable ISpanFormattable IUtf8SpanFormattable IParsable ISpanParsable IUtf8SpanParsable
        IFormatProvider ICustomFormatter IConvertible ICloneable IDisposable IObservable IObserver RuntimeTypeHandle
        RuntimeFieldHandle RuntimeMethodHandle
        """);

    /// <summary>Types outside of the above of which only these members are allowed; none refuses the type, a single <c>*</c> stands for all.</summary>
    private static readonly FrozenDictionary<string, FrozenSet<string>> Members = new Dictionary<string, FrozenSet<string>>
    {
        ["System.Console"] = Names("Write WriteLine"),
        ["System.Environment"] = Names("get_NewLine get_CurrentManagedThreadId"),
        ["System.Type"] = Names("GetTypeFromHandle op_Equality op_Inequality get_Name get_FullName Equals GetHashCode ToString GetTypeCode"),
        ["System.Delegate"] = Names("Combine Remove op_Equality op_Inequality Equals"),
        ["System.Threading.Monitor"] = Names("Enter Exit"),
        ["System.Threading.Interlocked"] = Names("CompareExchange"),
        ["System.Threading.Lock"] = Names(".ctor EnterScope Enter Exit"),
        ["System.Runtime.CompilerServices.Unsafe"] = Names("As AsRef Add"),
        ["System.Runtime.InteropServices.MemoryMarshal"] = Names("CreateSpan CreateReadOnlySpan GetReference Cast AsBytes"),
        ["System.Runtime.InteropServices.CollectionsMarshal"] = Names("*"),
        ["System.Runtime.InteropServices.InAttribute"] = Names("*"),
        ["System.Runtime.InteropServices.OutAttribute"] = Names("*"),
        ["System.Runtime.InteropServices.StructLayoutAttribute"] = Names("*"),
        ["System.Reflection.DefaultMemberAttribute"] = Names("*"),
        ["System.Diagnostics.DebuggableAttribute"] = Names("*"),
        ["System.Diagnostics.DebuggerBrowsableAttribute"] = Names("*"),
        ["System.Diagnostics.DebuggerBrowsableState"] = Names("*"),
        ["System.Diagnostics.DebuggerDisplayAttribute"] = Names("*"),
        ["System.Diagnostics.DebuggerHiddenAttribute"] = Names("*"),
        ["System.Diagnostics.DebuggerNonUserCodeAttribute"] = Names("*"),
        ["System.Diagnostics.DebuggerStepThroughAttribute"] = Names("*"),
        ["System.Diagnostics.ConditionalAttribute"] = Names("*"),
        ["System.Diagnostics.UnreachableException"] = Names("*"),
        ["System.Reflection.MemberInfo"] = Names("get_Name ToString Equals GetHashCode"),
        ["System.Linq.ParallelEnumerable"] = [],
        ["System.Runtime.CompilerServices.ModuleInitializerAttribute"] = [],
        ["System.Runtime.CompilerServices.RuntimeHelpers"] = Names(
            "InitializeArray GetSubArray CreateSpan EnsureSufficientExecutionStack TryEnsureSufficientExecutionStack GetHashCode Equals IsReferenceOrContainsReferences"),
    }.ToFrozenDictionary();

    /// <summary>Whether a type may be referred to at all.</summary>
    /// <param name="space">Its namespace.</param>
    /// <param name="name">Its metadata name.</param>
    public static bool AllowsType(string space, string name)
    {
        if (Members.TryGetValue($"{space}.{name}", out var members)) return members.Count > 0;
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        var simple = tick < 0 ? name : name[..tick];
        return Namespaces.Contains(space)
            || (space == "System" && (SystemTypes.Contains(simple) || simple.EndsWith("Exception", StringComparison.Ordinal)));
    }

    /// <summary>Whether a member of an allowed type may be referred to.</summary>
    public static bool AllowsMember(string type, string member) =>
        !Members.TryGetValue(type, out var members) || members.Contains("*") || members.Contains(member);

    private static FrozenSet<string> Names(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
}
