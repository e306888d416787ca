using System.Text.Json;

namespace Vilfredo.Measurement.InferenceCosts;

/// <summary>The token prices of models in one currency on one day. Immutable.</summary>
/// <remarks>
/// A model that the table does not know is an error: an unknown price taken for zero makes the most expensive model look
/// free. Names are compared without regard to case.
/// </remarks>
public sealed class PriceTable
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    private readonly Dictionary<string, TokenPrice> prices;

    /// <summary>Creates a table.</summary>
    /// <param name="currency">The currency's code, such as <c>USD</c>.</param>
    /// <param name="date">The day on which the prices were valid.</param>
    /// <param name="prices">One price per model.</param>
    /// <exception cref="ArgumentException">The currency is empty, or a model is unnamed or named twice.</exception>
    public PriceTable(string currency, DateOnly date, IEnumerable<KeyValuePair<string, TokenPrice>> prices)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(currency);
        ArgumentNullException.ThrowIfNull(prices);
        (Currency, Date) = (currency, date);
        this.prices = new Dictionary<string, TokenPrice>(StringComparer.OrdinalIgnoreCase);
        foreach (var (model, price) in prices)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(model, nameof(prices));
            ArgumentNullException.ThrowIfNull(price, nameof(prices));
            if (!this.prices.TryAdd(model, price))
                throw new ArgumentException($"The price table names model '{model}' twice; keep one price.", nameof(prices));
        }
    }

    /// <summary>The currency's code.</summary>
    public string Currency { get; }

    /// <summary>The day on which the prices were valid.</summary>
    public DateOnly Date { get; }

    /// <summary>The models that have a price, sorted by name.</summary>
    public IReadOnlyList<string> Models => [.. prices.Keys.Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The price of a model; null when the table does not know it.</summary>
    public TokenPrice? Find(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return prices.GetValueOrDefault(model);
    }

    /// <summary>The price of a model.</summary>
    /// <exception cref="KeyNotFoundException">The table does not know the model.</exception>
    public TokenPrice this[string model]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(model);
            if (prices.TryGetValue(model, out var price)) return price;
            throw new KeyNotFoundException(
                $"There is no price for model '{model}' in the table of {Date:yyyy-MM-dd}, which knows "
                + $"{(prices.Count == 0 ? "no model" : string.Join(", ", Models))}; add its price, 0 if it is free.");
        }
    }

    /// <summary>
    /// Reads a table from JSON such as
    /// <c>{"currency": "USD", "date": "2025-08-06", "models": {"m": {"input": 2, "output": 8, "cached_input": 0.5}}}</c>,
    /// prices per million tokens; <c>cached_input</c> may be left out. Comments and trailing commas are allowed.
    /// </summary>
    /// <exception cref="FormatException">The text is not JSON of this form; the message names the place.</exception>
    public static PriceTable Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            var root = document.RootElement;
            var date = Member(root, "date", "the table").GetString();
            if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", out var day))
                throw new FormatException($"The price table's date is '{date}'; write it as 2025-08-06.");

            var models = Member(root, "models", "the table").EnumerateObject()
                .Select(model => KeyValuePair.Create(model.Name, ReadPrice(model)));
            return new PriceTable(Member(root, "currency", "the table").GetString() ?? "", day, models);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The price table cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The cost of a usage of one model.</summary>
    /// <exception cref="KeyNotFoundException">The table does not know the model.</exception>
    public Money Cost(string model, TokenUsage usage) => new(this[model].Of(usage), Currency);

    /// <summary>The cost of everything in a ledger: every model's tokens and the other charges.</summary>
    /// <exception cref="KeyNotFoundException">The table does not know a model of the ledger.</exception>
    /// <exception cref="InvalidOperationException">The ledger is empty, or a charge is in another currency.</exception>
    public Money Cost(UsageLedger ledger)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        if (ledger.IsEmpty)
        {
            throw new InvalidOperationException(
                "The ledger holds no usage, so its cost is unknown; count the tokens with the model's tokenizer and add them "
                + "as estimated, or state a cost of 0 yourself if the attempt called no model.");
        }

        var calls = ledger.Entries.Aggregate(new Money(0, Currency), (sum, entry) => sum + Cost(entry.Model, entry.Usage));
        return ledger.Charges.Aggregate(calls, (sum, charge) => sum + charge);
    }

    private static TokenPrice ReadPrice(JsonProperty model)
    {
        var where = $"model '{model.Name}'";
        double? cached = model.Value.TryGetProperty("cached_input", out var value) ? value.GetDouble() : null;
        return new TokenPrice(
            Member(model.Value, "input", where).GetDouble(), Member(model.Value, "output", where).GetDouble(), cached);
    }

    private static JsonElement Member(JsonElement element, string name, string where) =>
        element.TryGetProperty(name, out var value)
            ? value
            : throw new FormatException($"The price table lacks '{name}' in {where}.");
}
