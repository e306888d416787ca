using System.Globalization;
using System.Text;

namespace Vilfredo.Inference.Privacy;

/// <summary>Puts names such as <c>[EMAIL_1]</c> in the place of personal data, and back. The same data has the same name throughout; names that the texts already have are not used.</summary>
public sealed class PersonalDataMask
{
    private readonly PersonalDataKind _kinds;
    private readonly string _avoided;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _originals = new(StringComparer.Ordinal);
    private readonly Dictionary<PersonalDataKind, int> _counts = [];

    /// <summary>A mask for some texts.</summary>
    /// <param name="kinds">What is masked.</param>
    /// <param name="texts">All texts that will be masked, so that no name is one that they have.</param>
    public PersonalDataMask(PersonalDataKind kinds, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        (_kinds, _avoided) = (kinds, string.Join('\n', texts));
    }

    /// <summary>The names and what they stand for.</summary>
    public IReadOnlyDictionary<string, string> Originals => _originals;

    /// <summary>The length of the longest name.</summary>
    internal int LongestName { get; private set; }

    /// <summary>A text with names in the place of personal data.</summary>
    public string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var finds = PersonalData.In(text, _kinds);
        if (finds.Count == 0)
            return text;
        var masked = new StringBuilder();
        var end = 0;
        foreach (var find in finds)
        {
            masked.Append(text, end, find.Start - end).Append(NameOf(find));
            end = find.Start + find.Text.Length;
        }

        return masked.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>A text with the data in the place of their names.</summary>
    public string Unmask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (_originals.Count == 0 || !text.Contains('[', StringComparison.Ordinal))
            return text;
        var whole = new StringBuilder();
        var end = 0;
        while (text.IndexOf('[', end) is >= 0 and var open)
        {
            whole.Append(text, end, open - end);
            var close = text.IndexOf(']', open);
            if (close > 0 && _originals.TryGetValue(text[open..(close + 1)], out var original))
                (_, end) = (whole.Append(original), close + 1);
            else
                (_, end) = (whole.Append('['), open + 1);
        }

        return whole.Append(text, end, text.Length - end).ToString();
    }

    private string NameOf(PersonalData.Find find)
    {
        if (_names.TryGetValue(find.Text, out var known))
            return known;
        string name;
        do
        {
            var number = _counts[find.Kind] = _counts.GetValueOrDefault(find.Kind) + 1;
            name = string.Create(CultureInfo.InvariantCulture, $"[{find.Kind.ToString().ToUpperInvariant()}_{number}]");
        }
        while (_avoided.Contains(name, StringComparison.Ordinal));
        (_names[find.Text], _originals[name]) = (name, find.Text);
        LongestName = Math.Max(LongestName, name.Length);
        return name;
    }
}
