using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Vilfredo.CodeHost;

/// <summary>Makes values of the entry point's parameter types out of JSON.</summary>
internal static class ValueReader
{
    /// <summary>Reads one value; every call makes a fresh one.</summary>
    /// <param name="value">The JSON.</param>
    /// <param name="type">The type asked for.</param>
    /// <exception cref="FormatException">The JSON does not fit the type.</exception>
    public static object? Read(JsonElement value, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return value.ValueKind == JsonValueKind.Null ? null : Read(value, inner);
        if (value.ValueKind == JsonValueKind.Null) return type.IsValueType ? throw Mismatch(value, type) : null;
        if (type == typeof(string)) return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Mismatch(value, type);
        if (type == typeof(object)) return ReadAny(value);
        if (type == typeof(bool)) return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Mismatch(value, type);
        if (type == typeof(char))
            return value.ValueKind == JsonValueKind.String && value.GetString() is [var single] ? single : throw Mismatch(value, type);
        if (type.IsEnum) return Enum.ToObject(type, value.GetInt64());
        if (IsNumber(type)) return ReadNumber(value, type);
        if (type.IsArray && type.GetArrayRank() == 1) return ReadArray(value, type.GetElementType()!);
        return ReadConstructed(value, type);
    }

    private static bool IsNumber(Type type) =>
        type == typeof(BigInteger) || type == typeof(Half) || type == typeof(Int128) || type == typeof(UInt128)
        || (Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal);

    private static object ReadNumber(JsonElement value, Type type)
    {
        var text = Special(value) ?? (value.ValueKind is JsonValueKind.Number ? value.GetRawText() : throw Mismatch(value, type));
        var culture = CultureInfo.InvariantCulture;
        try
        {
            return Type.GetTypeCode(type) switch
            {
                TypeCode.Double => double.Parse(text, culture),
                TypeCode.Single => float.Parse(text, culture),
                TypeCode.Decimal => decimal.Parse(text, NumberStyles.Float, culture),
                TypeCode.Object when type == typeof(Half) => Half.Parse(text, culture),
                TypeCode.Object when type == typeof(Int128) => (Int128)Whole(text),
                TypeCode.Object when type == typeof(UInt128) => (UInt128)Whole(text),
                TypeCode.Object => Whole(text),
                var code => Convert.ChangeType((decimal)Whole(text), code, culture),
            };
        }
        catch (Exception e) when (e is OverflowException or FormatException)
        {
            throw Mismatch(value, type);
        }
    }

    // 3.0 is a whole number too: Python and some files write it like that.
    private static BigInteger Whole(string text) => BigInteger.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture);

    private static string? Special(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(HostProtocol.FloatTag, out var text) ? text.GetString() : null;

    private static Array ReadArray(JsonElement value, Type element)
    {
        if (element == typeof(int) && value.ValueKind == JsonValueKind.Array && ReadIntegers(value) is { } integers) return integers;
        var items = Items(value, element.MakeArrayType());
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++) array.SetValue(Read(items[i], element), i);
        return array;
    }

    /// <summary>The usual large input, without a box for each number; <see langword="null"/> where an item is no plain integer.</summary>
    private static int[]? ReadIntegers(JsonElement value)
    {
        var integers = new int[value.GetArrayLength()];
        var count = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt32(out integers[count++])) return null;
        }

        return integers;
    }

    private static object ReadConstructed(JsonElement value, Type type)
    {
        if (typeof(ITuple).IsAssignableFrom(type)) return ReadTuple(value, type);
        if (!type.IsGenericType) throw Unsupported(type);
        var arguments = type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            var dictionary = typeof(Dictionary<,>).MakeGenericType(arguments);
            return ReadDictionary(value, type.IsAssignableFrom(dictionary) ? dictionary : type, arguments[0], arguments[1]);
        }

        if (arguments.Length != 1) throw Unsupported(type);
        var array = ReadArray(value, arguments[0]);
        foreach (var open in (ReadOnlySpan<Type>)[typeof(List<>), typeof(HashSet<>)])
        {
            // The usual type behind an interface.
            var usual = open.MakeGenericType(arguments);
            if (type.IsAssignableFrom(usual)) return Activator.CreateInstance(usual, array)!;
        }

        return type.GetConstructor([typeof(IEnumerable<>).MakeGenericType(arguments)]) is { } fromItems
            ? fromItems.Invoke([array]) // queues, stacks (the last item on top), sorted sets, linked lists
            : throw Unsupported(type);
    }

    private static object ReadTuple(JsonElement value, Type type)
    {
        var types = type.GetGenericArguments();
        var items = Items(value, type);
        if (types.Length == 8 || items.Count != types.Length) throw Mismatch(value, type);
        var parts = new object?[types.Length];
        for (var i = 0; i < parts.Length; i++) parts[i] = Read(items[i], types[i]);
        return Activator.CreateInstance(type, parts)!;
    }

    private static IDictionary ReadDictionary(JsonElement value, Type type, Type keyType, Type valueType)
    {
        if (type.IsAbstract || Activator.CreateInstance(type) is not IDictionary dictionary) throw Unsupported(type);
        if (value.ValueKind != JsonValueKind.Object) throw Mismatch(value, type);
        if (value.TryGetProperty(HostProtocol.MapTag, out var pairs))
        {
            foreach (var pair in pairs.EnumerateArray()) dictionary[Read(pair[0], keyType)!] = Read(pair[1], valueType);
            return dictionary;
        }

        foreach (var property in value.EnumerateObject())
        {
            // JSON has text keys only; other keys are written as the text of their value.
            using var key = keyType == typeof(string) || keyType == typeof(char) || keyType == typeof(object) ? null : JsonDocument.Parse(property.Name);
            var read = key is not null ? Read(key.RootElement, keyType)! : keyType == typeof(char) ? property.Name[0] : property.Name;
            dictionary[read] = Read(property.Value, valueType);
        }

        return dictionary;
    }

    /// <summary>The natural type where the parameter says nothing: long, double, string, bool, list, dictionary.</summary>
    private static object ReadAny(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number => value.TryGetInt32(out var small) ? small : value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(item => Read(item, typeof(object))).ToList(),
        _ when Special(value) is { } text => double.Parse(text, CultureInfo.InvariantCulture),
        _ when value.TryGetProperty(HostProtocol.SetTag, out _) => Read(value, typeof(HashSet<object>))!,
        _ => ReadDictionary(value, typeof(Dictionary<object, object>), typeof(object), typeof(object)),
    };

    private static List<JsonElement> Items(JsonElement value, Type type)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(HostProtocol.SetTag, out var set)) value = set;
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : throw Mismatch(value, type);
    }

    private static FormatException Mismatch(JsonElement value, Type type)
    {
        var text = value.GetRawText();
        return new FormatException($"The argument {(text.Length <= 60 ? text : text[..60] + "...")} does not fit the parameter type {type}.");
    }

    private static FormatException Unsupported(Type type) => new(
        $"A parameter of type {type} cannot be made from JSON; use numbers, text, arrays, lists, sets, dictionaries or tuples of them.");
}
