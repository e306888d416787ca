using System.Text.Json;
using Vilfredo.Neural.Chat.Jinja;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Chat;

/// <summary>How the turns of a chat become the text that a model continues, written in the part of the Jinja language that the templates of published models use. A model understands the form that it was trained on, and hardly any other.</summary>
public sealed class ChatTemplate
{
    /// <summary>The file in a model's folder that holds its template alone.</summary>
    public const string FileName = "chat_template.jinja";

    private const string ConfigFile = "tokenizer_config.json";

    private readonly JinjaTemplate _template;
    private readonly Dictionary<string, object?> _switches;

    /// <summary>A template from its source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="switches">Values that this template looks at beside the chat, such as <c>enable_thinking</c>: strings, booleans or integers; null means none.</param>
    /// <exception cref="ChatTemplateException">The source cannot be read, or uses what is not built; the message has the line.</exception>
    /// <exception cref="ArgumentException">A switch is of another kind.</exception>
    public ChatTemplate(string source, IReadOnlyDictionary<string, object>? switches = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        Source = source;
        _template = new JinjaTemplate(source);
        _switches = (switches ?? new Dictionary<string, object>()).ToDictionary(pair => pair.Key, pair => pair.Value switch
        {
            int integer => (long)integer,
            string or bool or long => (object?)pair.Value,
            _ => throw new ArgumentException($"The switch '{pair.Key}' is a {pair.Value?.GetType().Name ?? "null"}; it must be a string, a boolean or an integer.", nameof(switches)),
        });
    }

    /// <summary>Qwen's and others': each turn between <c>&lt;|im_start|&gt;</c> with its role and <c>&lt;|im_end|&gt;</c>.</summary>
    public static ChatTemplate ChatMl { get; } = new(@"{% for turn in messages %}{{ '<|im_start|>' + turn.role + '\n' + turn.content + '<|im_end|>\n' }}{% endfor %}{{ '<|im_start|>assistant\n' }}")
    {
        Name = "chatml",
        Ends = ["<|im_end|>"],
    };

    /// <summary>Llama 3's: each turn after a header with its role and before <c>&lt;|eot_id|&gt;</c>. White space around a turn is dropped.</summary>
    public static ChatTemplate Llama3 { get; } = new(@"<|begin_of_text|>{% for turn in messages %}{{ '<|start_header_id|>' + turn.role + '<|end_header_id|>\n\n' + turn.content | trim + '<|eot_id|>' }}{% endfor %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}")
    {
        Name = "llama-3",
        Ends = ["<|eot_id|>"],
    };

    /// <summary>One line <c>role: text</c> for each turn, for models that know no form of chat; the answer ends where the next user's line would begin. A user can write such lines too.</summary>
    public static ChatTemplate Plain { get; } = new(@"{{ bos_token }}{% for turn in messages %}{{ turn.role + ': ' + turn.content + '\n' }}{% endfor %}{{ 'assistant: ' }}")
    {
        Name = "plain",
        Ends = ["\nuser:"],
    };

    /// <summary>The words alone, turn after turn, each on lines of its own, after the token that begins a text (where the model has one): to continue a text.</summary>
    public static ChatTemplate Text { get; } = new(@"{{ bos_token }}{{ messages | map(attribute='content') | join('\n') }}") { Name = "text" };

    /// <summary>As <see cref="Text"/>, with a line break behind each turn: the form in which models are trained on verifiable problems (<see cref="Training.Data.TaskText"/>).</summary>
    public static ChatTemplate Task { get; } = new(Training.Data.TaskText.ChatTemplate) { Name = "task" };

    /// <summary>As <see cref="Text"/>, without the token that begins a text.</summary>
    public static ChatTemplate BareText { get; } = new(@"{{ messages | map(attribute='content') | join('\n') }}") { Name = "bare-text" };

    /// <summary>The templates that are built in.</summary>
    public static IReadOnlyList<ChatTemplate> BuiltIn { get; } = [ChatMl, Llama3, Plain, Text, Task, BareText];

    /// <summary>What it is called; "jinja" where it is not a built-in one.</summary>
    public string Name { get; private init; } = "jinja";

    /// <summary>The template itself.</summary>
    public string Source { get; }

    /// <summary>What ends an answer beside the model's own end of a text: names of special tokens, or words where the tokenizer has no such token.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];

    /// <summary>The built-in template of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message names those that there are.</exception>
    public static ChatTemplate Named(string name) => BuiltIn.FirstOrDefault(template => template.Name == name)
        ?? throw new ArgumentException($"There is no chat template '{name}'; there are {string.Join(", ", BuiltIn.Select(template => template.Name))}.", nameof(name));

    /// <summary>The template in a model's folder, <see cref="FileName"/> or else <c>chat_template</c> of <c>tokenizer_config.json</c>; null when there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="switches">As for the constructor.</param>
    /// <exception cref="ChatTemplateException">It cannot be read.</exception>
    public static ChatTemplate? FromFolder(string folder, IReadOnlyDictionary<string, object>? switches = null)
    {
        var own = Path.Combine(folder, FileName);
        var source = File.Exists(own) ? File.ReadAllText(own) : SourceIn(Path.Combine(folder, ConfigFile));
        if (source is null)
            return null;
        return switches is { Count: > 0 } ? new(source, switches) : BuiltIn.FirstOrDefault(template => template.Source == source) ?? new(source);
    }

    /// <summary>Writes the template into a model's folder, which is made when it is not there, so that <see cref="FromFolder"/> finds it.</summary>
    public void Save(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, FileName), Source);
    }

    /// <summary>The text for <see cref="ITextTokenizer.EncodeMarked"/>, up to where the answer begins.</summary>
    /// <param name="turns">The turns so far, at least one; their words are disarmed.</param>
    /// <param name="tokenizer">The tokenizer of the model, for the names of its special tokens.</param>
    /// <exception cref="ChatTemplateException">The template refuses the chat, for example its order of roles.</exception>
    public string Render(IReadOnlyList<ChatTurn> turns, ITextTokenizer tokenizer)
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
        foreach (var (name, value) in _switches)
            values[name] = value;
        return _template.Render(values);
    }

    private static string? SourceIn(string config)
    {
        if (!File.Exists(config))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(config));
            return json.RootElement.TryGetProperty("chat_template", out var found) ? Source(found) : null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ChatTemplateException($"The chat template in {config} cannot be read: {error.Message}");
        }

        // One, or the one named "default" of several.
        static string? Source(JsonElement found) => found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Array => found.EnumerateArray().Where(entry => entry.GetProperty("name").GetString() == "default").Select(entry => entry.GetProperty("template").GetString()).FirstOrDefault(),
            _ => null,
        };
    }
}
