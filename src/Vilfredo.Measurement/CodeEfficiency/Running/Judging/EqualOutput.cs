using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Vilfredo.CodeHost;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Judging;

/// <summary>An output is right when it equals the expected one.</summary>
/// <remarks>
/// Two whole numbers are equal to the last digit, whatever their type; where one is floating (has a point or an exponent), within |a − b| ≤ absolute + relative · |b|; NaN equals NaN.
/// Lists and tuples are equal item by item; sets and dictionaries in any order. A dictionary whose keys are not text equals an object with
/// those keys as text, since JSON has no other. Text, truth values and null are equal only to the same.
/// </remarks>
public sealed class EqualOutput : IOutputChecker
{
    /// <summary>Items beyond exact matches that a comparison in any order tries with every other.</summary>
    private const int MostUnmatched = 2000;
    private const int LongestShown = 60;

    private readonly EqualityOptions options;

    /// <summary>Creates a checker.</summary>
    /// <param name="options">When numbers are near enough; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tolerance is negative or not finite.</exception>
    public EqualOutput(EqualityOptions? options = null)
    {
        this.options = options ?? new EqualityOptions();
        foreach (var tolerance in (ReadOnlySpan<double>)[this.options.AbsoluteTolerance, this.options.RelativeTolerance])
        {
            if (!(tolerance >= 0 && double.IsFinite(tolerance)))
                throw new ArgumentOutOfRangeException(nameof(options), tolerance, "A tolerance is finite and at least 0.");
        }
    }

    /// <summary>When numbers are near enough, and whether order counts.</summary>
    public EqualityOptions Options => options;

    /// <summary>The checker with the default tolerances.</summary>
    public static EqualOutput Default { get; } = new();

    /// <inheritdoc/>
    public Judgement Check(JsonElement arguments, JsonElement expected, JsonElement actual) => Compare(expected, actual, "");

    private Judgement Compare(JsonElement expected, JsonElement actual, string path)
    {
        if (IsNumber(expected) && IsNumber(actual)) return AreEqual(expected, actual) ? Judgement.Correct : Differ(expected, actual, path);
        if (expected.ValueKind != actual.ValueKind) return Differ(expected, actual, path);
        switch (expected.ValueKind)
        {
            case JsonValueKind.String: return expected.GetString() == actual.GetString() ? Judgement.Correct : Differ(expected, actual, path);
            case JsonValueKind.Array: return options.AnyOrder ? CompareBags(expected, actual, path) : CompareLists(expected, actual, path);
            case JsonValueKind.Object:
                var isSet = expected.TryGetProperty(HostProtocol.SetTag, out var expectedSet);
                if (isSet != actual.TryGetProperty(HostProtocol.SetTag, out var actualSet)) return Differ(expected, actual, path);
                return isSet ? CompareBags(expectedSet, actualSet, path) : CompareDictionaries(expected, actual, path);
            default: return Judgement.Correct; // true, false, null
        }
    }

    private static bool IsNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number || (value.ValueKind == JsonValueKind.Object && value.TryGetProperty(HostProtocol.FloatTag, out _));

    private bool AreEqual(JsonElement expected, JsonElement actual)
    {
        var (wholeExpected, wholeActual) = (Whole(expected), Whole(actual));
        if (wholeExpected is not null && wholeActual is not null) return wholeExpected == wholeActual;
        var (a, b) = (Floating(actual), Floating(expected));
        if (a.Equals(b)) return true; // NaN and infinities too
        return double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= options.AbsoluteTolerance + options.RelativeTolerance * Math.Abs(b);
    }

    private static BigInteger? Whole(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Number) return null;
        var text = value.GetRawText();
        return text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? BigInteger.Parse(text, CultureInfo.InvariantCulture) : null;
    }

    private static double Floating(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? double.Parse(value.GetRawText(), CultureInfo.InvariantCulture)
        : double.Parse(value.GetProperty(HostProtocol.FloatTag).GetString() ?? "", CultureInfo.InvariantCulture);

    private Judgement CompareLists(JsonElement expected, JsonElement actual, string path)
    {
        var index = 0;
        using var items = actual.EnumerateArray().GetEnumerator();
        foreach (var item in expected.EnumerateArray())
        {
            if (!items.MoveNext()) return new Judgement($"{At(path)}there are {index} items instead of {expected.GetArrayLength()}");
            var judgement = Compare(item, items.Current, $"{path}[{index++}]");
            if (!judgement.IsCorrect) return judgement;
        }

        return items.MoveNext() ? new Judgement($"{At(path)}there are {actual.GetArrayLength()} items instead of {index}") : Judgement.Correct;
    }

    private Judgement CompareBags(JsonElement expected, JsonElement actual, string path)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
            return new Judgement($"{At(path)}there are {actual.GetArrayLength()} items instead of {expected.GetArrayLength()}");

        // The same text first, in linear time; what remains is matched one with another: the first that is equal, which is right
        // unless tolerances overlap.
        var counts = new Dictionary<string, int>();
        foreach (var item in actual.EnumerateArray()) counts[item.GetRawText()] = counts.GetValueOrDefault(item.GetRawText()) + 1;
        var missing = new List<JsonElement>();
        foreach (var item in expected.EnumerateArray())
        {
            var text = item.GetRawText();
            if (counts.GetValueOrDefault(text) > 0) counts[text]--;
            else missing.Add(item);
        }

        var left = new List<JsonElement>();
        foreach (var item in actual.EnumerateArray())
        {
            if (counts[item.GetRawText()]-- > 0) left.Add(item);
        }

        if (missing.Count > MostUnmatched) return Differ(expected, actual, path);
        foreach (var item in missing)
        {
            var found = left.FindIndex(candidate => Compare(item, candidate, path).IsCorrect);
            if (found < 0) return new Judgement($"{At(path)}there is no {Show(item)}");
            left.RemoveAt(found);
        }

        return Judgement.Correct;
    }

    private Judgement CompareDictionaries(JsonElement expected, JsonElement actual, string path)
    {
        var (wanted, given) = (Entries(expected), Entries(actual));
        foreach (var (key, value) in wanted)
        {
            if (!given.Remove(key, out var other)) return new Judgement($"{At(path)}there is no key {key}");
            var judgement = Compare(value, other, $"{path}[{key}]");
            if (!judgement.IsCorrect) return judgement;
        }

        return given.Count == 0 ? Judgement.Correct : new Judgement($"{At(path)}there is a key {given.Keys.First()} too many");
    }

    /// <summary>Values by the text of their keys.</summary>
    private static Dictionary<string, JsonElement> Entries(JsonElement dictionary)
    {
        var entries = new Dictionary<string, JsonElement>();
        if (dictionary.TryGetProperty(HostProtocol.MapTag, out var pairs))
        {
            foreach (var pair in pairs.EnumerateArray())
                entries[pair[0].ValueKind == JsonValueKind.String ? pair[0].GetString()! : pair[0].GetRawText().Replace(" ", "", StringComparison.Ordinal)] = pair[1];
        }
        else
        {
            foreach (var property in dictionary.EnumerateObject()) entries[property.Name] = property.Value;
        }

        return entries;
    }

    private static Judgement Differ(JsonElement expected, JsonElement actual, string path) =>
        new($"{At(path)}{Show(actual)} instead of {Show(expected)}");

    private static string At(string path) => path.Length == 0 ? "" : $"at {path}: ";

    private static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= LongestShown ? text : text[..LongestShown] + "...";
    }
}
