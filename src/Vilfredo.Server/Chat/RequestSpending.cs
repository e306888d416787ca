using Vilfredo.Server.Keys;

namespace Vilfredo.Server.Chat;

/// <summary>What a request uses over all its attempts, and the key that pays for it.</summary>
/// <param name="key">The name of the key; null without keys.</param>
/// <param name="hold">What is held of the key's limits while the request runs; null without keys.</param>
internal sealed class RequestSpending(string? key, KeyHold? hold)
{
    public string? Key => key;

    /// <summary>Counts the calls of all attempts.</summary>
    public CallMeter Meter { get; } = new();

    /// <summary>Charges the key, once. What models did counts whether or not it came to an answer; it is on disk before the end of the answer is sent, so that nobody has one that a crash makes free.</summary>
    public void Settle() => hold?.Settle(Meter.Reading.Tokens, Meter.Reading.Cost);
}
