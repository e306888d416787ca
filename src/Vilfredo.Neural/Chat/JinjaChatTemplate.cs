using System.Text.Json;
using Vilfredo.Neural.Chat.Jinja;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Chat;

/// <summary>The template that a model comes with: <c>chat_template</c> of <c>tokenizer_config.json</c>, or the file <c>chat_template.jinja</c>.</summary>
public sealed class JinjaChatTemplate : ChatTemplate
{
    /// <summary>The file of a template in a model's folder that goes before the one in <c>tokenizer_config.json</c>.</summary>
    public const string OwnFile = "chat_template.jinja";
    private const string ConfigFile = "tokenizer_config.json";

    private readonly JinjaTemplate _template;
    private readonly IReadOnlyDictionary<string, object?> _values;

    /// <summary>A template from its source.</summary>
    /// <param name="source">The source, in the part of the Jinja language that chat templates use.</param>
    /// <param name="switches">Values that this template looks at beside the chat, such as <c>enable_thinking</c>: strings, booleans or integers; null means none.</param>
    /// <exception cref="ChatTemplateException">The source cannot be read, or uses what is not built; the message has the line.</exception>
    /// <exception cref="ArgumentException">A switch is of another kind.</exception>
    public JinjaChatTemplate(string source, IReadOnlyDictionary<string, object>? switches = null)
    {
        _template = new JinjaTemplate(source);
        _values = (switches ?? new Dictionary<string, object>()).ToDictionary(pair => pair.Key, pair => pair.Value switch
        {
            int integer => (long)integer,
            string or bool or long => (object?)pair.Value,
            _ => throw new ArgumentException($"The switch '{pair.Key}' is a {pair.Value.GetType().Name}; it must be a string, a boolean or an integer.", nameof(switches)),
        });
    }

    /// <inheritdoc />
    public override string Name => "jinja";

    /// <summary>The template in a model's folder; null when there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="switches">As for the constructor.</param>
    /// <exception cref="ChatTemplateException">It cannot be read.</exception>
    public static JinjaChatTemplate? FromFolder(string folder, IReadOnlyDictionary<string, object>? switches = null)
    {
        var own = Path.Combine(folder, OwnFile);
        if (File.Exists(own))
            return new(File.ReadAllText(own), switches);
        var config = Path.Combine(folder, ConfigFile);
        if (!File.Exists(config))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(config));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("chat_template", out var found) && Source(found) is { } source ? new(source, switches) : null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ChatTemplateException($"The chat template in {config} cannot be read: {error.Message}");
        }
    }

    /// <inheritdoc />
    /// <exception cref="ChatTemplateException">The template refuses the chat, for example its order of roles.</exception>
    public override string Render(IReadOnlyList<ChatTurn> turns, ITextTokenizer tokenizer)
    {
        var values = new Dictionary<string, object?>
        {
            ["messages"] = turns.Select(turn => (object?)new Dictionary<string, object?> { ["role"] = turn.Role, ["content"] = turn.Text }).ToList(),
            ["add_generation_prompt"] = true,
            ["tools"] = null,
            ["documents"] = null,
            ["bos_token"] = tokenizer.NameOf(tokenizer.BeginToken) ?? "",
            ["eos_token"] = tokenizer.NameOf(tokenizer.EndToken) ?? "",
            ["pad_token"] = tokenizer.NameOf(tokenizer.PaddingToken) ?? "",
        };
        foreach (var (name, value) in _values)
            values[name] = value;
        return _template.Render(values);
    }

    /// <summary>A template, or the one named "default" of several.</summary>
    private static string? Source(JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => found.GetString(),
        JsonValueKind.Array => found.EnumerateArray().Where(entry => entry.GetProperty("name").GetString() == "default").Select(entry => entry.GetProperty("template").GetString()).FirstOrDefault(),
        _ => null,
    };
}
