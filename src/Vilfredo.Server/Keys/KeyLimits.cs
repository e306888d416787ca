using System.Globalization;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Keys;

/// <summary>Holds keys to their limits. What a request is expected to cost is held while it runs, so that requests side by side do not overspend together.</summary>
internal sealed class KeyLimits(UsageStore store, TimeProvider time)
{
    private readonly Dictionary<string, double> _held = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Takes a request of a key; null without keys.</summary>
    /// <param name="key">The key; null where none is needed.</param>
    /// <param name="expectedCost">What the request is expected to cost.</param>
    /// <exception cref="ApiError">A limit forbids it; the error says which and when to come again.</exception>
    public KeyHold? Take(ApiKey? key, double expectedCost)
    {
        if (key is null)
            return null;
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var minute = store.Read(key.Name, Minute(now));
            var untilMinute = TimeSpan.FromSeconds(60 - now.Second);
            if (minute.Requests >= key.RequestsPerMinute)
                throw Refusal($"The key '{key.Name}' may make {key.RequestsPerMinute} requests a minute.", untilMinute);
            if (minute.Tokens >= key.TokensPerMinute)
                throw Refusal($"The key '{key.Name}' may use {key.TokensPerMinute} tokens a minute.", untilMinute);
            var held = _held.GetValueOrDefault(key.Name);
            if (key.SpendPerDay is { } most && store.Read(key.Name, Day(now)).Spend + held + expectedCost > most)
                throw Refusal(string.Create(CultureInfo.InvariantCulture, $"The key '{key.Name}' may spend {most} a day, and this request may go over it."), now.Date.AddDays(1) - now.UtcDateTime);
            _held[key.Name] = held + expectedCost;
            store.Add(key.Name, (Minute(now), new(1, 0, 0)));
            return new(this, key, expectedCost);
        }
    }

    internal void Settle(ApiKey key, double held, long tokens, double cost)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            _held[key.Name] = Math.Max(0, _held.GetValueOrDefault(key.Name) - held);
            if (tokens > 0 && cost > 0)
                store.Add(key.Name, (Minute(now), new(0, tokens, 0)), (Day(now), new(0, 0, cost)));
            else if (tokens > 0)
                store.Add(key.Name, (Minute(now), new(0, tokens, 0)));
            else if (cost > 0)
                store.Add(key.Name, (Day(now), new(0, 0, cost)));
        }
    }

    private static ApiError Refusal(string message, TimeSpan retryAfter) => new(429, message, "insufficient_quota", "key_limit") { RetryAfter = retryAfter };

    private static string Minute(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset now) => now.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
