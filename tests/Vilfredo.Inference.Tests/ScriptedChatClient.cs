using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Vilfredo.Inference.Tests;

/// <summary>A model that answers by a function, counts its calls, and can be held until a test lets it go on.</summary>
internal sealed class ScriptedChatClient(Func<ScriptedCall, Task<ChatResponse>> answer, string model = "scripted") : IChatClient
{
    private readonly ConcurrentQueue<ScriptedCall> _calls = new();
    private int _running;
    private int _mostRunning;
    private int _number;

    public ScriptedChatClient(Func<ScriptedCall, string> answer, string model = "scripted")
        : this(call => Task.FromResult(Say(answer(call), model: model)), model)
    {
    }

    public ScriptedChatClient(params string[] answers)
        : this(call => answers[Math.Min(call.Number, answers.Length - 1)])
    {
    }

    public IReadOnlyList<ScriptedCall> Calls => [.. _calls.OrderBy(call => call.Number)];

    public int Running => _running;

    public int MostRunning => _mostRunning;

    /// <summary>A response with usage of 10 tokens in and as many out as it has words.</summary>
    public static ChatResponse Say(string text, int input = 10, int? output = null, ChatFinishReason? finish = null, string model = "scripted") =>
        new(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = model,
            FinishReason = finish ?? ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = input, OutputTokenCount = output ?? text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length },
        };

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _mostRunning, running);
        try
        {
            var call = new ScriptedCall(Interlocked.Increment(ref _number) - 1, [.. messages], options, cancellationToken);
            _calls.Enqueue(call);
            return await answer(call);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var word in response.Text.Split(' '))
            yield return new(ChatRole.Assistant, word + " ") { ModelId = response.ModelId };
        yield return new(ChatRole.Assistant, [new UsageContent(response.Usage!)]) { FinishReason = response.FinishReason, ModelId = response.ModelId };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", defaultModelId: model) : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = target; seen < value; seen = target)
            Interlocked.CompareExchange(ref target, value, seen);
    }
}

/// <summary>What a scripted model was asked.</summary>
internal sealed record ScriptedCall(int Number, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, CancellationToken Cancellation)
{
    public string Last => Messages[^1].Text;
}
