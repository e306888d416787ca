using System.Security.Cryptography;
using System.Text;

namespace Vilfredo.Server.Keys;

/// <summary>A key that may ask, known by its hash, with what it may use.</summary>
public sealed record ApiKey
{
    /// <summary>Who has it: what logs and metrics say.</summary>
    public required string Name { get; init; }

    /// <summary>The SHA-256 hash of the key.</summary>
    public required IReadOnlyList<byte> Hash { get; init; }

    /// <summary>The most requests in a minute of the clock; null for no limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most tokens in a minute of the clock, input and output; null for no limit.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>The most money on a day (UTC), in the currency of the frontier; null for no limit.</summary>
    public double? SpendPerDay { get; init; }

    /// <summary>A key given in the clear; only its hash is kept.</summary>
    public static ApiKey Of(string name, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new() { Name = name, Hash = HashOf(key) };
    }

    /// <summary>The hash of a key.</summary>
    public static byte[] HashOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SHA256.HashData(Encoding.UTF8.GetBytes(key));
    }
}
