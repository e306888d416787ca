using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Vilfredo.Neural.Tokenization.HuggingFace;

/// <summary>Unicode's normal forms C and D (Unicode Standard Annex 15).</summary>
/// <remarks><see cref="string.Normalize()"/> leaves text as it is where the process runs without the system's Unicode library, and tokens would then depend on the machine.</remarks>
internal static class CanonicalForm
{
    // Hangul syllables are composed by arithmetic (Unicode Standard, section 3.12).
    private const int Syllables = 0xAC00, Leads = 0x1100, Vowels = 0x1161, Trails = 0x11A7, VowelCount = 21, TrailCount = 28, LeadCount = 19;
    private const int SyllableCount = LeadCount * VowelCount * TrailCount;

    private static readonly FrozenDictionary<int, byte> Classes;
    private static readonly FrozenDictionary<int, (int First, int? Second)> Decompositions;
    private static readonly FrozenDictionary<(int, int), int> Compositions;

    static CanonicalForm()
    {
        var (classes, parts, wholes) = (new Dictionary<int, byte>(), new Dictionary<int, (int, int?)>(), new Dictionary<(int, int), int>());
        using var stream = typeof(CanonicalForm).Assembly.GetManifestResourceStream("CanonicalForms.txt")!;
        using var reader = new StreamReader(stream);
        var readsClasses = true;
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            if (line.StartsWith('#') || fields.Length == 1)
            {
                readsClasses = line == "classes";
                continue;
            }

            if (readsClasses)
            {
                for (var point = Point(fields[0]); point <= Point(fields[1]); point++)
                    classes[point] = byte.Parse(fields[2], CultureInfo.InvariantCulture);
                continue;
            }

            int? second = fields.Length > 2 && fields[2] != "!" ? Point(fields[2]) : null;
            parts[Point(fields[0])] = (Point(fields[1]), second);
            if (fields[^1] != "!" && second is { } right)
                wholes[(Point(fields[1]), right)] = Point(fields[0]);
        }

        (Classes, Decompositions, Compositions) = (classes.ToFrozenDictionary(), parts.ToFrozenDictionary(), wholes.ToFrozenDictionary());
    }

    /// <summary>The normal form C: composed.</summary>
    public static string Compose(string text)
    {
        // Nothing below U+0300 combines, or is anything but itself.
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\uFFFF'))
            return text;
        var points = Decomposed(text);
        var result = new List<int>(points.Count);
        var starter = -1; // where in the result the last starter is
        var lastClass = 0;
        foreach (var point in points)
        {
            var kind = ClassOf(point);
            var isBlocked = starter < 0 || (result.Count - 1 > starter && (lastClass == 0 || lastClass >= kind));
            if (!isBlocked && Whole(result[starter], point) is { } whole)
            {
                result[starter] = whole;
                continue;
            }

            if (kind == 0)
                starter = result.Count;
            lastClass = kind;
            result.Add(point);
        }

        return Text(result);
    }

    /// <summary>The normal form D: decomposed, marks in canonical order.</summary>
    public static string Decompose(string text) => text.AsSpan().ContainsAnyInRange('\u00C0', '\uFFFF') ? Text(Decomposed(text)) : text;

    private static int Point(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static byte ClassOf(int point) => point < 0x300 ? (byte)0 : Classes.GetValueOrDefault(point);

    private static string Text(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (var point in points)
            text.Append(new Rune(point));
        return text.ToString();
    }

    private static List<int> Decomposed(string text)
    {
        var points = new List<int>(text.Length);
        ByteTokenizer.Utf8(text); // valid Unicode
        foreach (var rune in text.EnumerateRunes())
            AddParts(rune.Value, points);

        // Marks behind a starter in the order of their classes; equal ones stay in theirs.
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && ClassOf(points[end]) != 0)
                end++;
            if (end - start > 1)
            {
                var sorted = points[start..end].OrderBy(point => ClassOf(point)).ToList();
                for (var i = start; i < end; i++)
                    points[i] = sorted[i - start];
            }

            start = Math.Max(start, end);
        }

        return points;
    }

    private static void AddParts(int point, List<int> points)
    {
        if (point - Syllables is >= 0 and < SyllableCount and var syllable)
        {
            points.Add(Leads + (syllable / (VowelCount * TrailCount)));
            points.Add(Vowels + (syllable / TrailCount % VowelCount));
            if (syllable % TrailCount != 0)
                points.Add(Trails + (syllable % TrailCount));
        }
        else if (point >= 0xC0 && Decompositions.TryGetValue(point, out var parts))
        {
            AddParts(parts.First, points);
            if (parts.Second is { } second)
                AddParts(second, points);
        }
        else
        {
            points.Add(point);
        }
    }

    private static int? Whole(int left, int right)
    {
        if (left - Leads is >= 0 and < LeadCount and var lead && right - Vowels is >= 0 and < VowelCount and var vowel)
            return Syllables + (((lead * VowelCount) + vowel) * TrailCount);
        if (left - Syllables is >= 0 and < SyllableCount and var syllable && syllable % TrailCount == 0 && right - Trails is > 0 and < TrailCount and var trail)
            return Syllables + syllable + trail;
        return Compositions.TryGetValue((left, right), out var whole) ? whole : null;
    }
}
