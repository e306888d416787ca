using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Vilfredo.Inference.Prompts;

namespace Vilfredo.Inference.Agents.Tools;

/// <summary>Gives function calling to a model that has none, such as the local ones: tools are described in the chat, and calls are read from what the model writes (<see cref="TextToolProtocol"/>).</summary>
/// <remarks>
/// The description stands behind the first turn of the user. Earlier calls and results become text, results as turns of the user. The model is stopped where it begins to make up an observation.
/// A response that asks for tools has their calls and the text before them. Chats without tools pass unchanged.
/// </remarks>
/// <param name="inner">The model.</param>
public sealed class TextToolChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var (chat, plain, tools) = Plain([.. messages], options);
        var response = await base.GetResponseAsync(chat, plain, cancellationToken).ConfigureAwait(false);
        return tools.Count == 0 ? response : WithCalls(response, tools);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var (chat, plain, tools) = Plain([.. messages], options);
        if (tools.Count == 0)
        {
            await foreach (var update in base.GetStreamingResponseAsync(chat, plain, cancellationToken).ConfigureAwait(false))
                yield return update;
            yield break;
        }

        // Whether words are an answer or a call is known at their end only.
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in base.GetStreamingResponseAsync(chat, plain, cancellationToken).ConfigureAwait(false))
            updates.Add(update);
        foreach (var update in WithCalls(updates.ToChatResponse(), tools).ToChatResponseUpdates())
            yield return update;
    }

    private static (IReadOnlyList<ChatMessage> Chat, ChatOptions? Options, IReadOnlyList<AIFunctionDeclaration> Tools) Plain(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var chat = Written(messages);
        if (options?.Tools is not { Count: > 0 })
            return (chat, options, []);
        var plain = options.Clone();
        (plain.Tools, plain.ToolMode, plain.AllowMultipleToolCalls) = (null, null, null);
        if (options.ToolMode is NoneChatToolMode)
            return (chat, plain, []);
        List<AIFunctionDeclaration> tools = [.. options.Tools.OfType<AIFunctionDeclaration>()];
        if (tools.Count < options.Tools.Count)
            throw new NotSupportedException("Only functions can be called in plain text; take tools that the provider hosts out.");
        plain.StopSequences = [.. plain.StopSequences ?? [], "\n" + TextToolProtocol.ObservationMark];
        return (Described(chat, tools), plain, tools);
    }

    private static List<ChatMessage> Described(List<ChatMessage> chat, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var first = chat.FindIndex(message => message.Role == ChatRole.User);
        return first < 0
            ? [new(ChatRole.User, TextToolProtocol.Describe(tools)), .. chat]
            : [.. PromptTemplate.Append([.. chat.Take(first + 1)], TextToolProtocol.Describe(tools)), .. chat.Skip(first + 1)];
    }

    private static List<ChatMessage> Written(IReadOnlyList<ChatMessage> messages)
    {
        if (!messages.Any(message => message.Contents.Any(content => content is FunctionCallContent or FunctionResultContent)))
            return [.. messages];
        // Calls are numbered anew in every response, so a result belongs to the latest call of its number.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var chat = new List<ChatMessage>();
        var isObserved = false;
        foreach (var message in messages)
        {
            // What a user says behind an observation is in its turn: many chat formats want turns to alternate.
            if (isObserved && message.Role == ChatRole.User && message.Contents.All(content => content is TextContent))
            {
                chat.AddRange(Appended(chat, message.Text));
                continue;
            }

            isObserved = message.Contents.Any(content => content is FunctionResultContent);
            if (message.Contents.OfType<FunctionResultContent>().ToList() is { Count: > 0 } results)
                chat.AddRange(Appended(chat, string.Join("\n", results.Select(result => TextToolProtocol.WriteObservation(names.GetValueOrDefault(result.CallId, "tool"), result.Result?.ToString() ?? "")))));
            else if (message.Contents.OfType<FunctionCallContent>().ToList() is { Count: > 0 } calls)
            {
                foreach (var call in calls)
                    names[call.CallId] = call.Name;
                chat.Add(new(message.Role, string.Join("\n", ((string[])[message.Text.TrimEnd(), .. calls.Select(TextToolProtocol.Write)]).Where(text => text.Length > 0))));
            }
            else
                chat.Add(message);
        }

        return chat;
    }

    // Results of one step are one turn of the user.
    private static IReadOnlyList<ChatMessage> Appended(List<ChatMessage> chat, string text)
    {
        if (chat.Count == 0 || chat[^1].Role != ChatRole.User)
            return [new(ChatRole.User, text)];
        var last = PromptTemplate.Append([chat[^1]], text);
        chat.RemoveAt(chat.Count - 1);
        return last;
    }

    private static ChatResponse WithCalls(ChatResponse response, IReadOnlyList<AIFunctionDeclaration> tools)
    {
        var (reasoning, calls) = TextToolProtocol.Read(response.Text, tools);
        if (calls.Count == 0 && reasoning == response.Text)
            return response;
        var kept = response.Messages.SelectMany(message => message.Contents).Where(content => content is not TextContent);
        var contents = (AIContent[])[.. kept, .. reasoning.Length > 0 ? [new TextContent(reasoning)] : Array.Empty<AIContent>(), .. calls];
        return new(new ChatMessage(ChatRole.Assistant, contents))
        {
            ResponseId = response.ResponseId,
            ModelId = response.ModelId,
            CreatedAt = response.CreatedAt,
            FinishReason = calls.Count > 0 ? ChatFinishReason.ToolCalls : response.FinishReason,
            Usage = response.Usage,
            AdditionalProperties = response.AdditionalProperties,
            RawRepresentation = response.RawRepresentation,
        };
    }
}
