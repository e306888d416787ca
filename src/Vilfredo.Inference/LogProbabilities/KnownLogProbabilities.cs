using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Vilfredo.Measurement.InferenceCosts;

namespace Vilfredo.Inference.LogProbabilities;

/// <summary>Reads log-probabilities in the forms that we know: the additional property <c>logprobs</c> of responses of local models, and the raw responses of OpenAI's client.</summary>
public sealed class KnownLogProbabilities : ILogProbabilityReader
{
    /// <summary>The additional property that asks for log-probabilities and carries them.</summary>
    public const string Key = "logprobs";

    /// <summary>How many alternatives of each token OpenAI's client is asked for.</summary>
    public const int Alternatives = 5;

    /// <summary>The one object that is needed.</summary>
    public static KnownLogProbabilities Instance { get; } = new();

    /// <inheritdoc/>
    public void Ask(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[Key] = true;
        var before = options.RawRepresentationFactory;
        options.RawRepresentationFactory = client =>
        {
            var raw = before?.Invoke(client);
            // Another provider's options are left alone; clients without raw options ignore ours.
            if (raw is not null and not ChatCompletionOptions)
                return raw;
            var completion = raw as ChatCompletionOptions ?? new ChatCompletionOptions();
            completion.IncludeLogProbabilities = true;
            completion.TopLogProbabilityCount ??= Alternatives;
            return completion;
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<TokenChoice>? Read(ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.AdditionalProperties?.TryGetValue(Key, out var value) == true)
        {
            switch (value)
            {
                case IEnumerable<TokenChoice> choices: return [.. choices];
                case IEnumerable<ITokenLogProbability> tokens: return [.. tokens.Select(token => TokenChoice.Of(token.LogProbability))];
                case IEnumerable<double> numbers: return [.. numbers.Select(TokenChoice.Of)];
            }
        }

        return response.RawRepresentation is ChatCompletion { ContentTokenLogProbabilities: { Count: > 0 } raw }
            ? [.. raw.Select(token => new TokenChoice(token.LogProbability, token.Token, [.. token.TopLogProbabilities.Select(top => KeyValuePair.Create(top.Token, (double)top.LogProbability))]))]
            : null;
    }
}
