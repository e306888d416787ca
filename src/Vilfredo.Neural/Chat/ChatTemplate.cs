using System.Text;
using Vilfredo.Neural.Tokenization;

namespace Vilfredo.Neural.Chat;

/// <summary>How the turns of a chat become the text that a model continues. A model understands the form that it was trained on, and hardly any other.</summary>
public abstract class ChatTemplate
{
    /// <summary>Qwen's and others': each turn between <c>&lt;|im_start|&gt;</c> with its role and <c>&lt;|im_end|&gt;</c>.</summary>
    public static ChatTemplate ChatMl { get; } = new Form("chatml", "<|im_end|>", (turns, _) =>
        Joined(turns, turn => $"<|im_start|>{turn.Role}\n{turn.Text}<|im_end|>\n") + "<|im_start|>assistant\n");

    /// <summary>Llama 3's: each turn after a header with its role and before <c>&lt;|eot_id|&gt;</c>. White space around a turn is dropped.</summary>
    public static ChatTemplate Llama3 { get; } = new Form("llama-3", "<|eot_id|>", (turns, _) =>
        "<|begin_of_text|>" + Joined(turns, turn => $"<|start_header_id|>{turn.Role}<|end_header_id|>\n\n{turn.Text.Trim()}<|eot_id|>") + "<|start_header_id|>assistant<|end_header_id|>\n\n");

    /// <summary>One line <c>role: text</c> for each turn, for models that know no form of chat; the answer ends where the next user's line would begin. A user can write such lines too.</summary>
    public static ChatTemplate Plain { get; } = new Form("plain", "\nuser:", (turns, tokenizer) =>
        tokenizer.NameOf(tokenizer.BeginToken) + Joined(turns, turn => $"{turn.Role}: {turn.Text}\n") + "assistant: ");

    /// <summary>The words alone, turn after turn, each on lines of its own, after the token that begins a text (where the model has one): for models of one task, and to continue a text.</summary>
    public static ChatTemplate Text { get; } = new Form("text", null, (turns, tokenizer) =>
        tokenizer.NameOf(tokenizer.BeginToken) + string.Join('\n', turns.Select(turn => turn.Text)));

    /// <summary>As <see cref="Text"/>, without the token that begins a text.</summary>
    public static ChatTemplate BareText { get; } = new Form("bare-text", null, (turns, _) => string.Join('\n', turns.Select(turn => turn.Text)));

    /// <summary>The templates that are built in.</summary>
    public static IReadOnlyList<ChatTemplate> BuiltIn { get; } = [ChatMl, Llama3, Plain, Text, BareText];

    /// <summary>What it is called.</summary>
    public abstract string Name { get; }

    /// <summary>What ends an answer beside the model's own end of a text: names of special tokens, or words where the tokenizer has no such token.</summary>
    public virtual IReadOnlyList<string> Ends => [];

    /// <summary>The built-in template of a name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message names those that there are.</exception>
    public static ChatTemplate Named(string name) => BuiltIn.FirstOrDefault(template => template.Name == name)
        ?? throw new ArgumentException($"There is no chat template '{name}'; there are {string.Join(", ", BuiltIn.Select(template => template.Name))}.", nameof(name));

    /// <summary>The text for <see cref="ITextTokenizer.EncodeMarked"/>, up to where the answer begins.</summary>
    /// <param name="turns">The turns so far, at least one; their words are disarmed.</param>
    /// <param name="tokenizer">The tokenizer of the model, for the names of its special tokens.</param>
    public abstract string Render(IReadOnlyList<ChatTurn> turns, ITextTokenizer tokenizer);

    private static string Joined(IReadOnlyList<ChatTurn> turns, Func<ChatTurn, string> form) =>
        turns.Aggregate(new StringBuilder(), (text, turn) => text.Append(form(turn))).ToString();

    private sealed class Form(string name, string? end, Func<IReadOnlyList<ChatTurn>, ITextTokenizer, string> render) : ChatTemplate
    {
        public override string Name => name;

        public override IReadOnlyList<string> Ends { get; } = end is null ? [] : [end];

        public override string Render(IReadOnlyList<ChatTurn> turns, ITextTokenizer tokenizer) => render(turns, tokenizer);
    }
}
