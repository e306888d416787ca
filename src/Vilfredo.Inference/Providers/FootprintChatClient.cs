using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Vilfredo.Measurement.Footprint.Requests;

namespace Vilfredo.Inference.Providers;

/// <summary>Adds the estimated footprint of each call to its response, from the output tokens that the response reports and the time that the call took: see <see cref="Of"/>.</summary>
/// <remarks>A response that reports no usage gets no footprint: unknown is not zero. The time includes the network and is an upper bound of the generation's.</remarks>
public sealed class FootprintChatClient : DelegatingChatClient
{
    /// <summary>The additional property of a response that holds its <see cref="RequestFootprint"/>.</summary>
    public const string Key = "vilfredo.footprint";

    private readonly LanguageModelRequest _model;
    private readonly TimeProvider _time;

    /// <summary>A client around another.</summary>
    /// <param name="inner">The model.</param>
    /// <param name="model">What is known of the model, its data centre and its grid; tokens and time are replaced call by call.</param>
    /// <param name="time">The clock; the system's when <see langword="null"/>.</param>
    public FootprintChatClient(IChatClient inner, LanguageModelRequest model, TimeProvider? time = null)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(model);
        _ = RequestFootprint.Estimate(model); // what cannot be estimated fails here and not in a call
        (_model, _time) = (model, time ?? TimeProvider.System);
    }

    /// <summary>The footprint that a response carries, or <see langword="null"/>.</summary>
    public static RequestFootprint? Of(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.AdditionalProperties?.GetValueOrDefault(Key) as RequestFootprint;
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        if (Estimate(response.Usage, started) is { } footprint)
            (response.AdditionalProperties ??= [])[Key] = footprint;
        return response;
    }

    /// <inheritdoc/>
    /// <remarks>The footprint comes with an update of its own at the end.</remarks>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        UsageDetails? usage = null;
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            foreach (var content in update.Contents.OfType<UsageContent>())
                (usage ??= new()).Add(content.Details);
            yield return update;
        }

        if (Estimate(usage, started) is { } footprint)
            yield return new() { AdditionalProperties = new() { [Key] = footprint } };
    }

    private RequestFootprint? Estimate(UsageDetails? usage, long started) => usage?.OutputTokenCount is { } tokens
        ? RequestFootprint.Estimate(_model with { OutputTokens = tokens, MeasuredSeconds = _time.GetElapsedTime(started).TotalSeconds })
        : null;
}
