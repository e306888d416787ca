using System.Globalization;
using Vilfredo.IO;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Measurement.Footprint.Portfolio.Files;

/// <summary>A mapping of a portfolio file: takes values by key and says with file and line what is wrong.</summary>
internal sealed class PortfolioNode
{
    private readonly YamlMappingNode mapping;
    private readonly string source;
    private readonly string what;
    private readonly HashSet<string> taken = new(StringComparer.Ordinal);

    public PortfolioNode(YamlNode node, string source, string what)
    {
        (this.source, this.what) = (source, what);
        mapping = node as YamlMappingNode ?? throw Problem(node, $"{what} must be a mapping (key: value lines)");
    }

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<string> Keys => mapping.Children.Keys.Select(key => ((YamlScalarNode)key).Value ?? "");

    public bool Has(string key) => Find(key) is not null;

    public YamlNode? Find(string key)
    {
        taken.Add(key);
        return mapping.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;
    }

    public YamlNode Require(string key, string example) => Find(key) ?? throw Problem(mapping, $"{what} needs '{key}', for example {key}: {example}");

    public string Text(string key, string example) => TextOf(Require(key, example), key);

    public string? Text(string key) => Find(key) is { } node ? TextOf(node, key) : null;

    public double Number(string key, string example) => NumberOf(Require(key, example), key);

    public double? Number(string key) => Find(key) is { } node ? NumberOf(node, key) : null;

    public double Number(string key, double otherwise) => Number(key) ?? otherwise;

    /// <summary>The mapping of a key.</summary>
    public PortfolioNode? Mapping(string key) => Find(key) is { } node ? new PortfolioNode(node, source, $"'{key}'") : null;

    /// <summary>The mapping of a node in a list or below a name.</summary>
    public PortfolioNode Mapping(YamlNode node, string name) => new(node, source, name);

    /// <summary>The items of a key's list.</summary>
    public IReadOnlyList<YamlNode> Items(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode list => [.. list.Children],
        var other => throw Problem(other, $"'{key}' must be a list (lines that begin with -)"),
    };

    /// <summary>The numbers of a key's list.</summary>
    public double[] Numbers(string key, int count)
    {
        var items = Items(key);
        return items.Count == count ? [.. items.Select(item => NumberOf(item, key))] : throw Problem(mapping, $"{what}: '{key}' is a list of {count} numbers");
    }

    /// <summary>Refuses keys that nobody has asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var (key, _) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (taken.Contains(name)) continue;
            var hint = NearestName.Find(name, taken.Order(StringComparer.Ordinal)) is { } nearest
                ? $"Did you mean '{nearest}'?"
                : $"Known are {string.Join(", ", taken.Order(StringComparer.Ordinal))}.";
            throw Problem(key, $"{what} has the unknown key '{name}'", hint);
        }
    }

    /// <summary>Passes values on; what the library says of them is a problem of this mapping.</summary>
    public T Checked<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException error)
        {
            throw Problem(mapping, $"{what}: {ArgumentMessages.FirstSentence(error)}");
        }
    }

    public InputFormatException Problem(string key, string problem, string? mend = null) =>
        Problem(mapping.Children.TryGetValue(new YamlScalarNode(key), out var node) ? node : mapping, $"{what}: {problem}", mend);

    private InputFormatException Problem(YamlNode node, string problem, string? mend = null) => new(source, node.Start.Line, problem, mend);

    private string TextOf(YamlNode node, string key) => node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Problem(node, $"{what}: '{key}' must be a text");

    private double NumberOf(YamlNode node, string key) =>
        node is YamlScalarNode { Value: { } text } && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw Problem(node, $"{what}: '{key}' must be a finite number");
}
