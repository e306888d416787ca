using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Privacy;

/// <summary>
/// A chat client that shows its model no personal data which rules can find (<see cref="PersonalData"/>): names such as <c>[EMAIL_1]</c> go out in their place, and answers come back with the data. Texts of all turns, instructions, and
/// the texts in calls and results of tools are masked, each conversation anew; images and files are passed on as they are.
/// </summary>
/// <remarks>In a stream, what may be the beginning of a name waits for the next update. Wrap the model, below the strategies, so that every call of theirs is masked. Names, postal addresses and data in other forms are not found: this lowers what is disclosed, and is no anonymisation.</remarks>
/// <param name="innerClient">The model.</param>
/// <param name="kinds">What is masked.</param>
public sealed class PrivacyChatClient(IChatClient innerClient, PersonalDataKind kinds = PersonalDataKind.All) : DelegatingChatClient(innerClient)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (masked, limited, mask) = Masked(messages, options);
        var response = await base.GetResponseAsync(masked, limited, cancellationToken).ConfigureAwait(false);
        if (mask.Originals.Count == 0)
            return response;
        foreach (var message in response.Messages)
            message.Contents = [.. message.Contents.Select(content => With(content, mask.Unmask))];
        return response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (masked, limited, mask) = Masked(messages, options);
        var held = new StringBuilder();
        ChatResponseUpdate? last = null;
        await foreach (var update in base.GetStreamingResponseAsync(masked, limited, cancellationToken).ConfigureAwait(false))
        {
            if (mask.Originals.Count == 0)
            {
                yield return update;
                continue;
            }

            last = update;
            var contents = new List<AIContent>();
            foreach (var content in update.Contents)
            {
                if (content is not TextContent text)
                {
                    // What is of another kind comes after the words before it; usage alone has no place among them.
                    if (content is not UsageContent && held.Length > 0)
                    {
                        contents.Add(new TextContent(mask.Unmask(held.ToString())));
                        held.Clear();
                    }

                    contents.Add(With(content, mask.Unmask));
                    continue;
                }

                held.Append(text.Text);
                var ready = Ready(held, mask.LongestName);
                if (ready > 0)
                {
                    contents.Add(new TextContent(mask.Unmask(held.ToString(0, ready))) { AdditionalProperties = text.AdditionalProperties, RawRepresentation = null });
                    held.Remove(0, ready);
                }
            }

            // What still waits goes out with the update that ends the answer.
            if (update.FinishReason is not null && held.Length > 0)
            {
                contents.Insert(0, new TextContent(mask.Unmask(held.ToString())));
                held.Clear();
            }

            var copy = update.Clone();
            copy.Contents = contents;
            yield return copy;
        }

        if (held.Length > 0)
            yield return new(ChatRole.Assistant, mask.Unmask(held.ToString())) { ResponseId = last?.ResponseId, MessageId = last?.MessageId, ModelId = last?.ModelId };
    }

    // All but a bracket at the end that is still open and short enough to become a name.
    private static int Ready(StringBuilder text, int longest)
    {
        for (var place = text.Length - 1; place >= 0 && text.Length - place < longest; place--)
        {
            if (text[place] == ']')
                break;
            if (text[place] == '[')
                return place;
        }

        return text.Length;
    }

    private (IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, PersonalDataMask Mask) Masked(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] all = [.. messages];
        var mask = new PersonalDataMask(kinds, all.SelectMany(message => message.Contents).SelectMany(Texts).Append(options?.Instructions ?? ""));
        ChatMessage[] masked =
        [
            .. all.Select(message =>
            {
                var copy = message.Clone();
                copy.Contents = [.. message.Contents.Select(content => With(content, mask.Mask))];
                return copy;
            }),
        ];
        if (options?.Instructions is not { Length: > 0 } instructions)
            return (masked, options, mask);
        var limited = options.Clone();
        limited.Instructions = mask.Mask(instructions);
        return (masked, limited, mask);
    }

    private static IEnumerable<string> Texts(AIContent content) => content switch
    {
        TextContent text => [text.Text],
        TextReasoningContent text => [text.Text],
        FunctionCallContent { Arguments: { } arguments } => arguments.Values.SelectMany(TextsOf),
        FunctionResultContent result => TextsOf(result.Result),
        _ => [],
    };

    private static IEnumerable<string> TextsOf(object? value) => value switch
    {
        string text => [text],
        JsonElement json => [json.GetRawText()],
        _ => [],
    };

    // The content itself where nothing changes.
    private static AIContent With(AIContent content, Func<string, string> change)
    {
        switch (content)
        {
            case TextContent text when change(text.Text) is var changed && changed != text.Text:
                return new TextContent(changed) { AdditionalProperties = text.AdditionalProperties, Annotations = text.Annotations };
            case TextReasoningContent text when change(text.Text) is var changed && changed != text.Text:
                return new TextReasoningContent(changed) { AdditionalProperties = text.AdditionalProperties };
            case FunctionCallContent { Arguments: { } arguments } call:
                return new FunctionCallContent(call.CallId, call.Name, arguments.ToDictionary(pair => pair.Key, pair => Changed(pair.Value, change))) { AdditionalProperties = call.AdditionalProperties, Exception = call.Exception };
            case FunctionResultContent result:
                return new FunctionResultContent(result.CallId, Changed(result.Result, change)) { AdditionalProperties = result.AdditionalProperties, Exception = result.Exception };
            default:
                return content;
        }
    }

    private static object? Changed(object? value, Func<string, string> change) => value switch
    {
        string text => change(text),
        JsonElement { ValueKind: JsonValueKind.String } text => JsonSerializer.SerializeToElement(change(text.GetString()!)),
        JsonElement { ValueKind: JsonValueKind.Array } list => JsonSerializer.SerializeToElement(list.EnumerateArray().Select(item => Changed(item, change)).ToList()),
        JsonElement { ValueKind: JsonValueKind.Object } fields => JsonSerializer.SerializeToElement(fields.EnumerateObject().ToDictionary(field => field.Name, field => Changed(field.Value, change))),
        _ => value,
    };
}
