using System.Globalization;
using System.Text;

namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>Python's rules for the values of templates: strings, integers (long), numbers (double), booleans, none (null), lists and dictionaries.</summary>
internal static class Values
{
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined or false or 0L or 0.0 or "" => false,
        IReadOnlyCollection<object?> { Count: 0 } => false,
        Dictionary<string, object?> { Count: 0 } => false,
        _ => true,
    };

    public static string Text(object? value) => value switch
    {
        Undefined => "",
        string text => text,
        _ => Written(value),
    };

    /// <summary>A value as Python prints it inside a list.</summary>
    public static string Written(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        Undefined => "Undefined",
        long integer => integer.ToString(CultureInfo.InvariantCulture),
        double number => number == Math.Floor(number) && Math.Abs(number) < 1e16 ? number.ToString("F1", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture),
        string text => Quoted(text),
        Dictionary<string, object?> map => $"{{{string.Join(", ", map.Select(pair => $"{Written(pair.Key)}: {Written(pair.Value)}"))}}}",
        IEnumerable<object?> list => $"[{string.Join(", ", list.Select(Written))}]",
        _ => throw Cannot($"print {KindOf(value)}"),
    };

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? "\"" : "'";
        return quote + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(quote, "\\" + quote, StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + quote;
    }

    public static string Json(object? value)
    {
        return value switch
        {
            null => "null",
            true => "true",
            false => "false",
            string text => JsonText(text),
            long or double => Written(value),
            Dictionary<string, object?> map => $"{{{string.Join(", ", map.Select(pair => $"{JsonText(pair.Key)}: {Json(pair.Value)}"))}}}",
            IEnumerable<object?> list => $"[{string.Join(", ", list.Select(Json))}]",
            _ => throw Cannot($"write {KindOf(value)} as JSON"),
        };

        static string JsonText(string text)
        {
            var result = new StringBuilder("\"");
            foreach (var character in text)
            {
                result.Append(character switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    '\b' => "\\b",
                    '\f' => "\\f",
                    < ' ' => $"\\u{(int)character:x4}",
                    _ => character.ToString(),
                });
            }

            return result.Append('"').ToString();
        }
    }

    public static IReadOnlyList<object?> Items(object? value) => value switch
    {
        Undefined => [],
        IReadOnlyList<object?> list => list,
        Dictionary<string, object?> map => [.. map.Keys],
        string text => [.. text.EnumerateRunes().Select(rune => rune.ToString())],
        _ => throw Cannot($"go through {KindOf(value)}"),
    };

    public static long Length(object? value) => value is Undefined ? 0 : Items(value).Count;

    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (Undefined, Undefined) => true,
        (string one, string other) => one == other,
        (null, null) => true,
        (IReadOnlyList<object?> one, IReadOnlyList<object?> other) => one.Count == other.Count && one.Zip(other).All(pair => Same(pair.First, pair.Second)),
        (Dictionary<string, object?> one, Dictionary<string, object?> other) => one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && Same(pair.Value, value)),
        _ => Number(left) is { } first && Number(right) is { } second && first == second,
    };

    public static bool Contains(object? whole, object? part) => whole switch
    {
        string text when part is string sought => text.Contains(sought, StringComparison.Ordinal),
        Dictionary<string, object?> map => part is string key && map.ContainsKey(key),
        string => throw Cannot($"look for {KindOf(part)} in a string"),
        _ => Items(whole).Any(item => Same(item, part)),
    };

    public static bool Compare(string sign, object? left, object? right)
    {
        var order = (left, right) switch
        {
            (string one, string other) => string.CompareOrdinal(one, other),
            _ when Number(left) is { } first && Number(right) is { } second => first.CompareTo(second),
            _ => throw Cannot($"compare {KindOf(left)} with {KindOf(right)}"),
        };
        return sign switch { "<" => order < 0, ">" => order > 0, "<=" => order <= 0, _ => order >= 0 };
    }

    public static object Calculate(string sign, object? left, object? right, Budget budget)
    {
        switch (sign, left, right)
        {
            case ("+", string one, string other):
                return Budget.Check(one + other);
            case ("+", IReadOnlyList<object?> one, IReadOnlyList<object?> other):
                return Checked([.. one, .. other], budget);
            case ("*", string text, long times):
                return times * text.Length <= int.MaxValue / 4 ? Budget.Check(string.Concat(Enumerable.Repeat(text, (int)Math.Clamp(times, 0, int.MaxValue)))) : throw Cannot("repeat a text that often");
        }

        if (Number(left) is not { } first || Number(right) is not { } second)
            throw Cannot($"apply '{sign}' to {KindOf(left)} and {KindOf(right)}");
        if (sign is "/" or "//" or "%" && second == 0)
            throw Cannot("divide by zero");
        if (sign == "/")
            return first / second;
        if (left is double || right is double)
            return sign switch { "+" => first + second, "-" => first - second, "*" => first * second, "//" => Math.Floor(first / second), "%" => first - (second * Math.Floor(first / second)), _ => Math.Pow(first, second) };
        var (a, b) = ((long)first, (long)second);
        try
        {
            return checked(sign switch { "+" => a + b, "-" => a - b, "*" => a * b, "//" => (a - Modulo(a, b)) / b, "%" => Modulo(a, b), _ => (long)Math.Pow(a, b) });
        }
        catch (OverflowException)
        {
            throw Cannot($"hold the result of {a} {sign} {b}");
        }

        // The remainder has the sign of the divisor.
        static long Modulo(long a, long b) => ((a % b) + b) % b;
    }

    public static double? Number(object? value) => value switch
    {
        long integer => integer,
        double number => number,
        true => 1,
        false => 0,
        _ => null,
    };

    public static object? Item(object? of, object? key)
    {
        switch (of, key)
        {
            case (Dictionary<string, object?> map, string name):
                return map.TryGetValue(name, out var value) ? value : new Undefined(name);
            case (IReadOnlyList<object?> or string, long index):
                var items = Items(of);
                var place = index < 0 ? items.Count + index : index;
                return place >= 0 && place < items.Count ? items[(int)place] : new Undefined($"item {index}");
            case (Undefined unknown, _):
                throw Cannot($"read '{Text(key)}' of '{unknown.Name}', which is undefined");
            default:
                return new Undefined(Text(key));
        }
    }

    /// <summary>Python's slices, with steps of either sign.</summary>
    public static object Slice(object? of, object? from, object? to, object? step)
    {
        var items = Items(of);
        var by = step as long? ?? 1;
        if (by == 0)
            throw Cannot("slice by steps of zero");
        var (low, high) = by > 0 ? (0L, (long)items.Count) : (-1L, items.Count - 1L);
        var start = Place(from, by > 0 ? low : high);
        var end = Place(to, by > 0 ? high : low);
        var taken = new List<object?>();
        for (var i = start; by > 0 ? i < end : i > end; i += by)
            taken.Add(items[(int)i]);
        return of is string ? string.Concat(taken) : taken;

        long Place(object? given, long otherwise) => given is long index ? Math.Clamp(index < 0 ? index + items.Count : index, low, high) : otherwise;
    }

    public static List<object?> Checked(List<object?> list, Budget budget)
    {
        budget.Step();
        return list.Count <= 1_000_000 ? list : throw Cannot("hold a list of more than a million items");
    }

    public static string KindOf(object? value) => value switch
    {
        null => "none",
        Undefined unknown => $"'{unknown.Name}', which is undefined",
        string => "a string",
        bool => "a boolean",
        long or double => "a number",
        Dictionary<string, object?> => "a mapping",
        Function => "a function",
        _ => "a list",
    };

    public static ChatTemplateException Cannot(string what) => new($"The chat template cannot be rendered: it would {what}.");
}
