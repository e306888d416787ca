using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Catalog;

/// <summary>The values of a strategy's knobs, checked against its definition.</summary>
public sealed class KnobValues
{
    private readonly StrategyDefinition _definition;
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly Func<string, IChatClient>? _models;
    private readonly KnobFiles _files;

    /// <summary>Values as written; what is left out takes its default.</summary>
    /// <param name="definition">The strategy.</param>
    /// <param name="values">Knobs and their values.</param>
    /// <param name="models">Finds the models that knobs name; null where there are none to name.</param>
    /// <param name="files">Reads the files that knobs name; null reads each by itself.</param>
    /// <exception cref="FormatException">A knob is unknown, or its value is of another kind or out of range; the message says what is allowed.</exception>
    public KnobValues(StrategyDefinition definition, IReadOnlyDictionary<string, string> values, Func<string, IChatClient>? models = null, KnobFiles? files = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(values);
        (_definition, _models, _files) = (definition, models, files ?? new());
        foreach (var (name, value) in values)
        {
            var knob = definition.Knobs.FirstOrDefault(knob => knob.Name == name)
                ?? throw new FormatException($"The strategy '{definition.Name}' has no knob '{name}'; it has {(definition.Knobs.Count == 0 ? "none" : string.Join(", ", definition.Knobs.Select(knob => knob.Name)))}.");
            Check(knob, value);
            _values[name] = value;
        }
    }

    /// <summary>Every knob that has a value, with it, in the order of the definition: what decides the answers. Of files it is the contents that do, so they have a hash of them in place of their path.</summary>
    public IReadOnlyDictionary<string, string> Written =>
        new OrderedDictionary<string, string>(_definition.Knobs.Where(knob => Text(knob.Name) is not null)
            .Select(knob => KeyValuePair.Create(knob.Name, knob.Kind == KnobKind.File ? HashOf(Text(knob.Name)!) : Text(knob.Name)!)));

    /// <summary>The value as written, or the default; null where there is none.</summary>
    public string? Text(string name)
    {
        var knob = _definition.Knobs.FirstOrDefault(knob => knob.Name == name) ?? throw new ArgumentException($"'{_definition.Name}' declares no knob '{name}'.", nameof(name));
        return _values.GetValueOrDefault(name, knob.Default!);
    }

    /// <summary>A whole number.</summary>
    public int Integer(string name) => int.Parse(Given(name), CultureInfo.InvariantCulture);

    /// <summary>A number; null where it is left out and has no default.</summary>
    public double? Number(string name) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>True or false.</summary>
    public bool Flag(string name) => bool.Parse(Given(name));

    /// <summary>A list of whole numbers.</summary>
    public IReadOnlyList<int> Integers(string name) => ReadIntegers(Given(name));

    /// <summary>The model that a knob names; null where it names none.</summary>
    public IChatClient? Model(string name) => Text(name) is { } model ? ModelNamed(model) : null;

    /// <summary>The models that a knob names, in their order; none where it names none.</summary>
    public IReadOnlyList<IChatClient> Models(string name) => Text(name) is { } models ? [.. ReadNames(models).Select(ModelNamed)] : [];

    /// <summary>A model by its name.</summary>
    /// <exception cref="FormatException">There are no models to choose from, or none of that name.</exception>
    public IChatClient ModelNamed(string model) =>
        (_models ?? throw new FormatException($"The strategy '{_definition.Name}' needs the model '{model}', but there are no models to choose from here."))(model);

    /// <summary>The names of all models that the knobs name.</summary>
    public IEnumerable<string> NamedModels => _definition.Knobs.Where(knob => knob.Kind is KnobKind.Model or KnobKind.Models && _values.ContainsKey(knob.Name))
        .SelectMany(knob => knob.Kind == KnobKind.Models ? ReadNames(_values[knob.Name]) : [_values[knob.Name]])
        .Concat(_definition.ModelsOf?.Invoke(this) ?? []).Distinct(StringComparer.Ordinal);

    private static string[] ReadNames(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is in the file that a knob names; null where it names none.</summary>
    /// <param name="name">The knob.</param>
    /// <param name="read">Reads it.</param>
    public T? Open<T>(string name, Func<string, T> read)
        where T : class => Text(name) is { } path ? _files.Open(path, read) : null;

    private static string HashOf(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : [path];
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file) + "\0"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return $"sha256:{Convert.ToHexStringLower(hash.GetHashAndReset())[..24]}";
    }

    private static List<int> ReadIntegers(string text) =>
        [.. text.Split(['-', ',', ' ', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];

    /// <summary>The value, which must be there.</summary>
    /// <exception cref="FormatException">It is left out and has no default.</exception>
    public string Given(string name) => Text(name) ?? throw new FormatException($"The strategy '{_definition.Name}' needs a value for '{name}'.");

    private void Check(Knob knob, string value)
    {
        var isFine = knob.Kind switch
        {
            KnobKind.Integer => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && InRange(knob, whole),
            KnobKind.Number => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && InRange(knob, number),
            KnobKind.Flag => bool.TryParse(value, out _),
            KnobKind.Choice => knob.Choices.Contains(value),
            KnobKind.Integers => IsIntegers(knob, value),
            KnobKind.Models => ReadNames(value).Length > 0,
            _ => value.Length > 0,
        };
        if (!isFine)
            throw new FormatException($"The knob '{knob.Name}' of the strategy '{_definition.Name}' is '{value}'; it must be {knob.Allowed}.");
    }

    private static bool IsIntegers(Knob knob, string value)
    {
        try
        {
            var numbers = ReadIntegers(value);
            return numbers.Count > 0 && numbers.TrueForAll(number => InRange(knob, number));
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool InRange(Knob knob, double value) => !(value < knob.Minimum) && !(value > knob.Maximum);
}
