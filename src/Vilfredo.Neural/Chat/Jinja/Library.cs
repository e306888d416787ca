using System.Globalization;

namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>The filters, tests and methods that chat templates use.</summary>
internal static class Library
{
    public delegate object? Filter(object? value, IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named);

    public delegate bool Test(object? value, IReadOnlyList<object?> arguments);

    public static IReadOnlyDictionary<string, Filter> Filters { get; } = new Dictionary<string, Filter>
    {
        ["trim"] = (value, arguments, _) => Trim(Values.Text(value), arguments, left: true, right: true),
        ["length"] = (value, _, _) => Values.Length(value),
        ["count"] = (value, _, _) => Values.Length(value),
        ["upper"] = (value, _, _) => Values.Text(value).ToUpperInvariant(),
        ["lower"] = (value, _, _) => Values.Text(value).ToLowerInvariant(),
        ["title"] = (value, _, _) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Values.Text(value).ToLowerInvariant()),
        ["capitalize"] = (value, _, _) => Values.Text(value) is { Length: > 0 } text ? text[..1].ToUpperInvariant() + text[1..].ToLowerInvariant() : "",
        ["string"] = (value, _, _) => Values.Text(value),
        ["safe"] = (value, _, _) => value,
        ["tojson"] = (value, arguments, named) => arguments.Count == 0 && !Values.IsTrue(named.GetValueOrDefault("indent")) ? Values.Json(value) : throw Values.Cannot("indent JSON, which is not supported"),
        ["int"] = (value, _, _) => value is string text ? long.TryParse(text, CultureInfo.InvariantCulture, out var integer) ? integer : 0L : (long)(Values.Number(value) ?? 0),
        ["first"] = (value, _, _) => Values.Item(Values.Items(value), 0L),
        ["last"] = (value, _, _) => Values.Item(Values.Items(value), -1L),
        ["list"] = (value, _, _) => Values.Items(value).ToList(),
        ["reverse"] = (value, _, _) => Values.Slice(value, null, null, -1L),
        ["items"] = (value, _, _) => Pairs(value),
        ["join"] = (value, arguments, _) => string.Join(arguments.Count > 0 ? Values.Text(arguments[0]) : "", Values.Items(value).Select(Values.Text)),
        ["replace"] = (value, arguments, _) => Values.Text(value).Replace(Words(arguments, 0), Words(arguments, 1), StringComparison.Ordinal),
        ["default"] = (value, arguments, _) => value is Undefined || (arguments.Count > 1 && Values.IsTrue(arguments[1]) && !Values.IsTrue(value)) ? arguments.Count > 0 ? arguments[0] : "" : value,
        ["select"] = (value, arguments, _) => Chosen(value, arguments, attribute: false, wanted: true),
        ["reject"] = (value, arguments, _) => Chosen(value, arguments, attribute: false, wanted: false),
        ["selectattr"] = (value, arguments, _) => Chosen(value, arguments, attribute: true, wanted: true),
        ["rejectattr"] = (value, arguments, _) => Chosen(value, arguments, attribute: true, wanted: false),
        ["map"] = (value, arguments, named) => named.TryGetValue("attribute", out var name)
            ? Values.Items(value).Select(item => Values.Item(item, name)).ToList()
            : Values.Items(value).Select(item => Named(Words(arguments, 0))(item, [.. arguments.Skip(1)], new Dictionary<string, object?>())).ToList(),
    };

    public static IReadOnlyDictionary<string, Test> Tests { get; } = new Dictionary<string, Test>
    {
        ["defined"] = (value, _) => value is not Undefined,
        ["undefined"] = (value, _) => value is Undefined,
        ["none"] = (value, _) => value is null,
        ["string"] = (value, _) => value is string,
        ["boolean"] = (value, _) => value is bool,
        ["true"] = (value, _) => value is true,
        ["false"] = (value, _) => value is false,
        ["integer"] = (value, _) => value is long,
        ["float"] = (value, _) => value is double,
        ["number"] = (value, _) => value is long or double or bool,
        ["mapping"] = (value, _) => value is Dictionary<string, object?>,
        ["sequence"] = (value, _) => value is string or IReadOnlyList<object?> or Dictionary<string, object?>,
        ["iterable"] = (value, _) => value is string or IReadOnlyList<object?> or Dictionary<string, object?>,
        ["even"] = (value, _) => value is long integer && integer % 2 == 0,
        ["odd"] = (value, _) => value is long integer && integer % 2 != 0,
        ["divisibleby"] = (value, arguments) => value is long integer && arguments is [long divisor and not 0] && integer % divisor == 0,
        ["equalto"] = (value, arguments) => Values.Same(value, arguments[0]),
        ["eq"] = (value, arguments) => Values.Same(value, arguments[0]),
        ["ne"] = (value, arguments) => !Values.Same(value, arguments[0]),
        ["in"] = (value, arguments) => Values.Contains(arguments[0], value),
    };

    /// <summary>The attribute of a value: an entry of a mapping, or a method.</summary>
    public static object? Attribute(object? of, string name) => (of, name) switch
    {
        (Namespace space, _) => Values.Item(space, name),
        (Dictionary<string, object?> map, "items") => Method((_, _) => Pairs(map)),
        (Dictionary<string, object?> map, "keys") => Method((_, _) => map.Keys.Cast<object?>().ToList()),
        (Dictionary<string, object?> map, "values") => Method((_, _) => map.Values.ToList()),
        (Dictionary<string, object?> map, "get") => Method((arguments, _) => map.TryGetValue(Words(arguments, 0), out var value) ? value : arguments.Count > 1 ? arguments[1] : null),
        (string text, "strip") => Method((arguments, _) => Trim(text, arguments, left: true, right: true)),
        (string text, "lstrip") => Method((arguments, _) => Trim(text, arguments, left: true, right: false)),
        (string text, "rstrip") => Method((arguments, _) => Trim(text, arguments, left: false, right: true)),
        (string text, "upper") => Method((_, _) => text.ToUpperInvariant()),
        (string text, "lower") => Method((_, _) => text.ToLowerInvariant()),
        (string text, "title") => Method((_, _) => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(text.ToLowerInvariant())),
        (string text, "startswith") => Method((arguments, _) => text.StartsWith(Words(arguments, 0), StringComparison.Ordinal)),
        (string text, "endswith") => Method((arguments, _) => text.EndsWith(Words(arguments, 0), StringComparison.Ordinal)),
        (string text, "find") => Method((arguments, _) => (long)text.IndexOf(Words(arguments, 0), StringComparison.Ordinal)),
        (string text, "replace") => Method((arguments, _) => text.Replace(Words(arguments, 0), Words(arguments, 1), StringComparison.Ordinal)),
        (string text, "join") => Method((arguments, _) => string.Join(text, Values.Items(arguments[0]).Select(Values.Text))),
        (string text, "split") => Method((arguments, _) => Split(text, arguments)),
        _ => Values.Item(of, name),
    };

    private static Function Method(Func<IReadOnlyList<object?>, IReadOnlyDictionary<string, object?>, object?> work) =>
        (arguments, named) => work(arguments, named);

    private static Filter Named(string name) => Filters.TryGetValue(name, out var filter) ? filter : throw Values.Cannot($"use the filter '{name}', which is not supported");

    private static List<object?> Pairs(object? map) => map is Dictionary<string, object?> known
        ? [.. known.Select(pair => new List<object?> { pair.Key, pair.Value })]
        : throw Values.Cannot($"take the entries of {Values.KindOf(map)}");

    private static string Words(IReadOnlyList<object?> arguments, int index) =>
        index < arguments.Count && arguments[index] is string text ? text : throw Values.Cannot("give something other than a string where one is needed");

    private static string Trim(string text, IReadOnlyList<object?> arguments, bool left, bool right)
    {
        var characters = arguments.Count > 0 && arguments[0] is string given ? given.ToCharArray() : null; // null: white space
        text = left ? text.TrimStart(characters) : text;
        return right ? text.TrimEnd(characters) : text;
    }

    private static List<object?> Split(string text, IReadOnlyList<object?> arguments)
    {
        if (arguments.Count == 0 || arguments[0] is null)
            return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
        var most = arguments.Count > 1 && arguments[1] is long and >= 0 and < int.MaxValue and var splits ? (int)splits + 1 : int.MaxValue;
        return Words(arguments, 0) is { Length: > 0 } separator ? [.. text.Split(separator, most)] : throw Values.Cannot("split at an empty string");
    }

    private static List<object?> Chosen(object? value, IReadOnlyList<object?> arguments, bool attribute, bool wanted)
    {
        var name = attribute ? Words(arguments, 0) : null;
        var rest = arguments.Skip(attribute ? 1 : 0).ToList();
        Test test = rest.Count == 0 ? (item, _) => Values.IsTrue(item) : Tests.TryGetValue(Words(rest, 0), out var known) ? known : throw Values.Cannot($"use the test '{rest[0]}', which is not supported");
        return [.. Values.Items(value).Where(item => test(name is null ? item : Values.Item(item, name), [.. rest.Skip(1)]) == wanted)];
    }
}
