using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Vilfredo.Studies;

/// <summary>The values of the active knobs of one proposal. Immutable; equal when it names the same knobs with the same values.</summary>
public sealed class Configuration : IReadOnlyList<KeyValuePair<string, KnobValue>>, IEquatable<Configuration>
{
    /// <summary>The configuration without knobs.</summary>
    public static readonly Configuration Empty = new([], []);

    private readonly string[] names;
    private readonly KnobValue[] values;
    private string? key;

    /// <summary>Creates a configuration.</summary>
    /// <exception cref="ArgumentException">A name occurs twice or is empty.</exception>
    public Configuration(IEnumerable<KeyValuePair<string, KnobValue>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var pairs = values.ToArray();
        names = new string[pairs.Length];
        this.values = new KnobValue[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var name = pairs[i].Key;
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(values));
            if (Array.IndexOf(names, name, 0, i) >= 0)
                throw new ArgumentException($"The knob '{name}' has two values; name each knob once.", nameof(values));
            names[i] = name;
            this.values[i] = pairs[i].Value;
        }
    }

    // The arrays are owned by the new configuration, except that `names` may be shared between configurations.
    internal Configuration(string[] names, KnobValue[] values)
    {
        this.names = names;
        this.values = values;
    }

    /// <summary>The number of active knobs.</summary>
    public int Count => names.Length;

    /// <summary>
    /// A text that identifies the content independently of the order of the knobs and of the machine, such as
    /// <c>level=9;tool=gzip</c>. Repeats of a measurement share it.
    /// </summary>
    public string Key => key ??= BuildKey();

    /// <summary>The knob at a position, in the order of the space.</summary>
    public KeyValuePair<string, KnobValue> this[int index] => new(names[index], values[index]);

    /// <summary>The value of a knob.</summary>
    /// <exception cref="KeyNotFoundException">The knob is not active in this configuration.</exception>
    public KnobValue this[string name] => TryGet(name, out var value)
        ? value
        : throw new KeyNotFoundException($"The knob '{name}' is not active here; active are: {string.Join(", ", names)}.");

    /// <summary>Gets the value of a knob if it is active.</summary>
    public bool TryGet(string name, [MaybeNullWhen(false)] out KnobValue value)
    {
        var index = Array.IndexOf(names, name);
        value = index >= 0 ? values[index] : default;
        return index >= 0;
    }

    /// <summary>Whether both hold the same knobs and values, in whatever order.</summary>
    public bool Equals(Configuration? other) => other is not null && (ReferenceEquals(this, other) || Key == other.Key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Configuration);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Key, StringComparison.Ordinal);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, KnobValue>> GetEnumerator()
    {
        for (var i = 0; i < names.Length; i++) yield return this[i];
    }

    /// <summary>The knobs as people read them: <c>tool=gzip level=9</c>.</summary>
    public override string ToString() => string.Join(' ', this.Select(p => $"{p.Key}={p.Value}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private string BuildKey()
    {
        var order = Enumerable.Range(0, names.Length).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(names[a], names[b]));
        var text = new StringBuilder();
        foreach (var i in order)
        {
            if (text.Length > 0) text.Append(';');
            AppendEscaped(text, names[i]);
            text.Append('=');
            AppendEscaped(text, values[i].ToString());
        }

        return text.ToString();
    }

    private static void AppendEscaped(StringBuilder text, string part)
    {
        foreach (var c in part)
        {
            if (c is '\\' or ';' or '=') text.Append('\\');
            text.Append(c);
        }
    }
}
