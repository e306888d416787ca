using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Vilfredo;

/// <summary>
/// The identity of a configuration: names and values as text, in ordinal order of the names. Two keys are equal when they hold
/// the same names and values, whatever the order in which they were given, the process or the machine.
/// </summary>
[JsonConverter(typeof(ConfigurationKeyJsonConverter))]
public sealed class ConfigurationKey : IReadOnlyList<KeyValuePair<string, string>>, IEquatable<ConfigurationKey>
{
    /// <summary>The configuration without names.</summary>
    public static readonly ConfigurationKey Empty = new([]);

    private readonly KeyValuePair<string, string>[] entries;

    /// <summary>Creates a key.</summary>
    /// <param name="entries">Names and values in any order.</param>
    /// <exception cref="ArgumentException">A name is empty or occurs twice.</exception>
    public ConfigurationKey(IEnumerable<KeyValuePair<string, string>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        this.entries = [.. entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        var text = new StringBuilder();
        for (var i = 0; i < this.entries.Length; i++)
        {
            var (name, value) = this.entries[i];
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(entries));
            ArgumentNullException.ThrowIfNull(value, nameof(entries));
            if (i > 0 && this.entries[i - 1].Key == name)
                throw new ArgumentException($"'{name}' has two values; name each once.", nameof(entries));
            if (i > 0) text.Append(';');
            AppendEscaped(text, name);
            text.Append('=');
            AppendEscaped(text, value);
        }

        Text = text.ToString();
    }

    /// <summary>The canonical text, such as <c>level=9;tool=gzip</c>; <c>\</c>, <c>;</c> and <c>=</c> within parts follow a <c>\</c>.</summary>
    public string Text { get; }

    /// <summary>A short identifier for file names and tables: the first 12 hexadecimal digits of the text's SHA-256.</summary>
    public string Id => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(0, 6));

    /// <summary>The number of names.</summary>
    public int Count => entries.Length;

    /// <summary>The name and value at a position, in ordinal order of the names.</summary>
    public KeyValuePair<string, string> this[int index] => entries[index];

    /// <summary>The value of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such name.</exception>
    public string this[string name] => TryGet(name, out var value)
        ? value
        : throw new KeyNotFoundException($"There is no '{name}' here; there are: {string.Join(", ", entries.Select(e => e.Key))}.");

    /// <summary>Whether two keys hold the same names and values.</summary>
    public static bool operator ==(ConfigurationKey? left, ConfigurationKey? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two keys differ.</summary>
    public static bool operator !=(ConfigurationKey? left, ConfigurationKey? right) => !(left == right);

    /// <summary>A key of names and values: <c>ConfigurationKey.Of(("tool", "gzip"), ("level", 9))</c>.</summary>
    /// <param name="entries">
    /// Values may be texts, booleans, numbers or enumerations. A number is written as the shortest text that reads back to it,
    /// so that 6 and 6.0 are the same value.
    /// </param>
    /// <exception cref="ArgumentException">A name is empty or occurs twice, or a value is missing or not finite.</exception>
    public static ConfigurationKey Of(params IEnumerable<(string Name, object Value)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return new ConfigurationKey(entries.Select(entry => KeyValuePair.Create(entry.Name, TextOf(entry.Name, entry.Value))));
    }

    /// <summary>Reads a canonical text back; the order of the names does not matter.</summary>
    /// <exception cref="FormatException">The text is not of the form <c>name=value;name=value</c>.</exception>
    public static ConfigurationKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0) return Empty;

        var entries = new List<KeyValuePair<string, string>>();
        var part = new StringBuilder();
        string? name = null;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == ';')
            {
                if (name is null) throw new FormatException($"'{text}' has a part without '='; write name=value;name=value.");
                entries.Add(KeyValuePair.Create(name, part.ToString()));
                name = null;
                part.Clear();
            }
            else if (text[i] == '=')
            {
                if (name is not null) throw new FormatException($"'{text}' has two '=' in one part; write \\= for one within a value.");
                name = part.ToString();
                part.Clear();
            }
            else if (text[i] == '\\')
            {
                if (++i == text.Length) throw new FormatException($"'{text}' ends in a single \\; write \\\\ for one.");
                part.Append(text[i]);
            }
            else
            {
                part.Append(text[i]);
            }
        }

        try
        {
            return new ConfigurationKey(entries);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"'{text}' is not a configuration: {error.Message}", error);
        }
    }

    /// <summary>Gets the value of a name if there is one.</summary>
    public bool TryGet(string name, out string value)
    {
        foreach (var entry in entries)
        {
            if (entry.Key != name) continue;
            value = entry.Value;
            return true;
        }

        value = "";
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(ConfigurationKey? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ConfigurationKey);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, string>>)entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The canonical text.</summary>
    public override string ToString() => Text;

    internal static string TextOf(string name, object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number when double.IsFinite(number) => (number + 0.0).ToString("R", CultureInfo.InvariantCulture),
        float number when float.IsFinite(number) => (number + 0.0f).ToString("R", CultureInfo.InvariantCulture),
        double or float => throw new ArgumentException($"The value of '{name}' is {value}; a configuration holds finite numbers.", nameof(value)),
        Enum choice => choice.ToString(),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        null => throw new ArgumentException($"'{name}' has no value; leave it out.", nameof(value)),
        _ => throw new ArgumentException(
            $"The value of '{name}' is a {value.GetType().Name}; give a text, a boolean, a number or an enumeration.", nameof(value)),
    };

    private static void AppendEscaped(StringBuilder text, string part)
    {
        foreach (var c in part)
        {
            if (c is '\\' or ';' or '=') text.Append('\\');
            text.Append(c);
        }
    }
}
