using System.Globalization;
using Vilfredo.IO;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Studies.Yaml;

/// <summary>
/// A mapping of a YAML file under inspection: takes values by key, and reports with the line what is missing, of the
/// wrong kind, or not known.
/// </summary>
public sealed class YamlMapping
{
    private readonly YamlMappingNode node;
    private readonly YamlMistakes mistakes;
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    private YamlMapping(YamlMappingNode node, string what, YamlMistakes mistakes)
    {
        this.node = node;
        this.mistakes = mistakes;
        What = what;
    }

    /// <summary>What the mapping describes, in words: <c>knob 'level'</c>.</summary>
    public string What { get; }

    /// <summary>The node, to point at.</summary>
    public YamlNode Node => node;

    /// <summary>The keys and values in the order of the file.</summary>
    public IEnumerable<(string Key, YamlNode KeyNode, YamlNode Value)> Entries =>
        node.Children.Select(c => (c.Key is YamlScalarNode key ? key.Value ?? "" : "", c.Key, c.Value));

    /// <summary>The mapping of a node, or nothing after a report.</summary>
    public static YamlMapping? Of(YamlNode node, string what, YamlMistakes mistakes)
    {
        if (node is YamlMappingNode mapping) return new YamlMapping(mapping, what, mistakes);
        mistakes.Add(node, $"{what} must be a mapping (key: value lines), not {Describe(node)}.");
        return null;
    }

    /// <summary>The value of a key, if it is there.</summary>
    public YamlNode? Find(string key)
    {
        taken.Add(key);
        foreach (var (name, _, value) in Entries)
        {
            if (name == key) return value;
        }

        return null;
    }

    /// <summary>The value of a key that must be there; reports when it is not.</summary>
    public YamlNode? Require(string key, string example)
    {
        var value = Find(key);
        if (value is null) mistakes.Add(node, $"{What} needs '{key}', for example {key}: {example}");
        return value;
    }

    /// <summary>The text of a key's scalar value.</summary>
    public string? Text(string key) => Find(key) is { } value ? TextOf(value, $"{What}: '{key}'") : null;

    /// <summary>The number of a key's value.</summary>
    public double? Number(string key) => Find(key) is { } value ? NumberOf(value, $"{What}: '{key}'") : null;

    /// <summary>The whole number of a key's value.</summary>
    public long? Integer(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value is YamlScalarNode scalar && long.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        mistakes.Add(value, $"{What}: '{key}' must be a whole number, not {Describe(value)}.");
        return null;
    }

    /// <summary>The truth of a key's value; false when it is not there.</summary>
    public bool Flag(string key)
    {
        if (Find(key) is not { } value) return false;
        if (value is YamlScalarNode { Value: "true" or "false" } scalar) return scalar.Value == "true";
        mistakes.Add(value, $"{What}: '{key}' must be true or false, not {Describe(value)}.");
        return false;
    }

    /// <summary>The duration of a key's value: a number of seconds, or a number with ms, s, min or h.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value is YamlScalarNode scalar && Durations.TryParse(scalar.Value, out var duration)) return duration;
        mistakes.Add(value, $"{What}: '{key}' must be a duration above 0 such as 500 ms, 10 s, 5 min or 2 h, not {Describe(value)}.");
        return null;
    }

    /// <summary>The items of a key's list; a single scalar counts as a list of one.</summary>
    public IReadOnlyList<YamlNode> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children],
        var single => [single],
    };

    /// <summary>The text of a scalar node; reports anything else.</summary>
    public string? TextOf(YamlNode value, string what)
    {
        if (value is YamlScalarNode scalar) return scalar.Value ?? "";
        mistakes.Add(value, $"{what} must be a single value, not {Describe(value)}.");
        return null;
    }

    /// <summary>The finite number of a scalar node; reports anything else.</summary>
    public double? NumberOf(YamlNode value, string what)
    {
        if (value is YamlScalarNode scalar
            && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
        {
            return number;
        }

        mistakes.Add(value, $"{what} must be a finite number, not {Describe(value)}.");
        return null;
    }

    /// <summary>Reports every key that nobody has asked for, with the nearest known one.</summary>
    public void RefuseOthers()
    {
        foreach (var (key, keyNode, _) in Entries)
        {
            if (taken.Contains(key)) continue;
            var hint = NearestName.Find(key, taken.Order(StringComparer.Ordinal)) is { } nearest
                ? $"did you mean '{nearest}'?"
                : $"known are: {string.Join(", ", taken.Order(StringComparer.Ordinal))}.";
            mistakes.Add(keyNode, $"{What} has the unknown key '{key}'; {hint}");
        }
    }

    /// <summary>A node as messages show it.</summary>
    public static string Describe(YamlNode node) => node switch
    {
        YamlScalarNode { Value: null or "" } => "nothing",
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => scalar.Value!,
        YamlScalarNode scalar => $"'{scalar.Value}'",
        YamlSequenceNode => "a list",
        _ => "a mapping",
    };
}
