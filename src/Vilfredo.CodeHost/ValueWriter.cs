using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Vilfredo.CodeHost;

/// <summary>Writes what a sample returned as JSON.</summary>
/// <remarks>Numbers as they are, whole ones of any size with all digits; tuples as lists; sets and dictionaries of other keys than text with a tag.</remarks>
internal static class ValueWriter
{
    private const int DeepestNesting = 200;

    /// <summary>Writes one value.</summary>
    /// <exception cref="FormatException">A part of it has a type that is not a value, or is nested too deeply.</exception>
    public static void Write(Utf8JsonWriter writer, object? value, int depth = 0)
    {
        if (depth > DeepestNesting) throw new FormatException($"The output is nested more than {DeepestNesting} deep.");
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case char character: writer.WriteStringValue(character.ToString()); break;
            case bool truth: writer.WriteBooleanValue(truth); break;
            case double or float or Half: WriteFloat(writer, Convert.ToDouble(value is Half half ? (float)half : value, CultureInfo.InvariantCulture), value); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case Enum constant: writer.WriteRawValue(constant.ToString("D")); break;
            case BigInteger or Int128 or UInt128 or nint or nuint or sbyte or byte or short or ushort or int or uint or long or ulong:
                writer.WriteRawValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case IDictionary dictionary: WriteDictionary(writer, dictionary, depth); break;
            case ITuple tuple:
                writer.WriteStartArray();
                for (var i = 0; i < tuple.Length; i++) Write(writer, tuple[i], depth + 1);
                writer.WriteEndArray();
                break;
            case IEnumerable items: WriteItems(writer, items, depth); break;
            default: throw new FormatException($"The output holds a {value.GetType()}, which is not a value that can be compared; return numbers, text, lists, sets, dictionaries or tuples.");
        }
    }

    private static void WriteFloat(Utf8JsonWriter writer, double number, object original)
    {
        if (double.IsFinite(number))
        {
            // With a point, so that a floating result is told from a whole one; a float with its own shortest digits.
            var text = ((IFormattable)original).ToString("R", CultureInfo.InvariantCulture);
            writer.WriteRawValue(text.AsSpan().IndexOfAny('.', 'E') >= 0 ? text : text + ".0");
            return;
        }

        writer.WriteStartObject();
        writer.WriteString(HostProtocol.FloatTag, double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable items, int depth)
    {
        var isSet = Array.Exists(items.GetType().GetInterfaces(), type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlySet<>));
        if (isSet)
        {
            writer.WriteStartObject();
            writer.WritePropertyName(HostProtocol.SetTag);
        }

        writer.WriteStartArray();
        foreach (var item in items) Write(writer, item, depth + 1);
        writer.WriteEndArray();
        if (isSet) writer.WriteEndObject();
    }

    private static void WriteDictionary(Utf8JsonWriter writer, IDictionary dictionary, int depth)
    {
        writer.WriteStartObject();
        if (dictionary.Keys.Cast<object>().All(key => key is string text && !text.StartsWith('$')))
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                writer.WritePropertyName((string)entry.Key);
                Write(writer, entry.Value, depth + 1);
            }
        }
        else
        {
            writer.WriteStartArray(HostProtocol.MapTag);
            foreach (DictionaryEntry entry in dictionary)
            {
                writer.WriteStartArray();
                Write(writer, entry.Key, depth + 1);
                Write(writer, entry.Value, depth + 1);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
