using Vilfredo.Optimization;

namespace Vilfredo.Studies;

/// <summary>A knob that is the order of a fixed set of items, such as the passes of a compiler or the stops of a tour.</summary>
/// <remarks>
/// Its value is the text of the items in their order, joined by the separator. Optimisers see one key per item (<see cref="DecisionOrder"/>); evolutionary ones recombine and mutate the
/// order as a whole.
/// </remarks>
public sealed record OrderKnob : Knob
{
    private readonly string[] items;
    private readonly DecisionOrder order;

    /// <summary>Creates an order.</summary>
    /// <param name="name">The name.</param>
    /// <param name="items">The items, at least two, each once.</param>
    /// <param name="separator">What stands between items in the value; no item may contain it.</param>
    /// <exception cref="ArgumentException">There are fewer than two items, one occurs twice, is empty or contains the separator.</exception>
    public OrderKnob(string name, IEnumerable<string> items, string separator = ",")
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentException.ThrowIfNullOrEmpty(separator);
        this.items = [.. items];
        Separator = separator;
        if (this.items.Length < 2)
            throw new ArgumentException($"Knob '{name}' orders {(this.items.Length == 0 ? "nothing" : "a single item")}; give at least two items.", nameof(items));
        if (this.items.GroupBy(item => item, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Knob '{name}' lists the item '{twice.Key}' twice; list it once.", nameof(items));
        if (Array.Find(this.items, item => item.Length == 0 || item.Contains(separator, StringComparison.Ordinal)) is { } unfit)
            throw new ArgumentException($"Knob '{name}': the item '{unfit}' is empty or contains the separator '{separator}'; choose another separator.", nameof(items));
        order = new DecisionSpace(ToVariables()).Orders[0];
    }

    /// <inheritdoc/>
    public override KnobType Type => KnobType.Order;

    /// <summary>The items, in the order in which they were given.</summary>
    public IReadOnlyList<string> Items => items;

    /// <summary>What stands between items in a value.</summary>
    public string Separator { get; }

    /// <summary>The items of a value, first to last.</summary>
    /// <exception cref="ArgumentException">The value is no order of the items.</exception>
    public IReadOnlyList<string> ItemsOf(KnobValue value) =>
        Contains(value) ? value.Text.Split(Separator) : throw new ArgumentException($"'{value}' is no order of {Describe()}.", nameof(value));

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> ToVariables() => Variable.Keys(Name + ".", items.Length);

    /// <inheritdoc/>
    public override bool Contains(KnobValue value)
    {
        if (value.Type != KnobType.Categorical) return false;
        var parts = value.Text.Split(Separator);
        return parts.Length == items.Length && parts.ToHashSet(StringComparer.Ordinal).SetEquals(items);
    }

    /// <inheritdoc/>
    public override void Encode(KnobValue value, Span<double> variables) =>
        order.Write([.. value.Text.Split(Separator).Select(item => Array.IndexOf(items, item))], variables);

    /// <inheritdoc/>
    public override KnobValue Decode(ReadOnlySpan<double> variables) =>
        KnobValue.Choice(string.Join(Separator, order.Of(variables).Select(item => items[item])));

    /// <inheritdoc/>
    public override string Describe() => $"order of {string.Join(Separator, items)}";

    /// <summary>Whether both have the same name, items, separator, condition and default.</summary>
    public bool Equals(OrderKnob? other) => other is not null && base.Equals(other) && Separator == other.Separator && items.SequenceEqual(other.items);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), items.Length, items[0]);
}
