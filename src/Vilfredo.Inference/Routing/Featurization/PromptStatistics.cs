using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Routing.Featurization;

/// <summary>Simple statistics of a conversation, for which no model is needed.</summary>
public static class PromptStatistics
{
    // A hostile text costs no more than a long one.
    private const int MostCharacters = 16_000;

    /// <summary>What they are, in order; counts enter as log(1 + count), tokens are four characters each.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "complexity", "tokens of the last user turn", "tokens of all turns", "turns", "complexity of the hardest turn", "code", "share of digits", "share of operators", "question marks", "reasoning words",
        "technical words", "steps", "share of capitals", "share beyond ASCII", "characters a word", "attachments and tools",
    ];

    /// <summary>The statistics of a conversation, as many as <see cref="Names"/>.</summary>
    public static double[] Read(IReadOnlyList<ChatMessage> conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        var last = LastTurn(conversation);
        var letters = Math.Max(1, last.Length);
        var complexity = PromptComplexity.Of(last);
        var words = last.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return
        [
            complexity,
            Log(last.Length / 4.0),
            Log(conversation.Sum(message => (double)message.Text.Length) / 4),
            Log(conversation.Count),
            // A short follow-up does not make an earlier question simple.
            conversation.Where(message => message.Role == ChatRole.User).Select(message => PromptComplexity.Of(Bounded(message.Text))).DefaultIfEmpty(complexity).Max(),
            PromptComplexity.HasCode(last) ? 1 : 0,
            (double)last.Count(char.IsAsciiDigit) / letters,
            (double)last.Count(character => "+-*/=<>^%()".Contains(character, StringComparison.Ordinal)) / letters,
            Log(last.Count(character => character == '?')),
            Log(PromptComplexity.CountReasoning(last)),
            Log(PromptComplexity.CountTechnical(last)),
            Log(PromptComplexity.CountSteps(last)),
            (double)last.Count(char.IsAsciiLetterUpper) / letters,
            (double)last.Count(character => character > 127) / letters,
            words.Length == 0 ? 0 : Log(words.Average(word => word.Length)),
            Log(conversation.SelectMany(message => message.Contents).Count(content => content is not TextContent)),
        ];
    }

    /// <summary>The text of the last turn of the user, or of the last turn where the user has none; shortened in its middle where it is very long.</summary>
    internal static string LastTurn(IReadOnlyList<ChatMessage> conversation) => Bounded(LastMessage(conversation)?.Text ?? "");

    internal static ChatMessage? LastMessage(IReadOnlyList<ChatMessage> conversation) =>
        conversation.LastOrDefault(message => message.Role == ChatRole.User) ?? (conversation.Count > 0 ? conversation[^1] : null);

    internal static string Bounded(string text) =>
        text.Length <= MostCharacters ? text : string.Concat(text.AsSpan(0, MostCharacters / 2), text.AsSpan(text.Length - (MostCharacters / 2)));

    private static double Log(double count) => Math.Log(1 + count);
}
