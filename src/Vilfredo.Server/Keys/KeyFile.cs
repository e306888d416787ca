using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vilfredo.Server.Keys;

/// <summary>The file of keys: <c>{"keys": [{"name": "team", "sha256": "...", "requests_per_minute": 60, "tokens_per_minute": 100000, "spend_per_day": 5}]}</c>; <c>"key"</c> in the clear instead of <c>"sha256"</c> works too.</summary>
public static class KeyFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is wrong; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<ApiKey> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var file = File.OpenRead(path);
            var keys = JsonSerializer.Deserialize<Content>(file, Json)?.Keys ?? throw new FormatException($"'{path}' has no \"keys\".");
            return [.. keys.Select((key, place) => Read(path, place, key))];
        }
        catch (JsonException error)
        {
            throw new FormatException($"'{path}' is no file of keys: {error.Message}", error);
        }
    }

    private static ApiKey Read(string path, int place, Entry entry)
    {
        var what = $"'{path}': key {place + 1}";
        if (string.IsNullOrWhiteSpace(entry.Name))
            throw new FormatException($"{what} has no \"name\".");
        if (entry.Key is null == entry.Sha256 is null)
            throw new FormatException($"{what} ('{entry.Name}') needs either \"sha256\" (64 hexadecimal digits) or \"key\".");
        if (entry.RequestsPerMinute is < 1 || entry.TokensPerMinute is < 1 || !(entry.SpendPerDay is null or >= 0))
            throw new FormatException($"{what} ('{entry.Name}') has a limit below its least value: 1 request, 1 token, no negative money.");
        byte[] hash;
        try
        {
            hash = entry.Key is { Length: > 0 } key ? ApiKey.HashOf(key) : Convert.FromHexString(entry.Sha256 ?? "");
        }
        catch (FormatException error)
        {
            throw new FormatException($"{what} ('{entry.Name}'): \"sha256\" is no hexadecimal number; 'printf %s KEY | sha256sum' gives it.", error);
        }

        return hash.Length == 32
            ? new() { Name = entry.Name, Hash = hash, RequestsPerMinute = entry.RequestsPerMinute, TokensPerMinute = entry.TokensPerMinute, SpendPerDay = entry.SpendPerDay }
            : throw new FormatException($"{what} ('{entry.Name}'): \"sha256\" has {hash.Length} bytes; it must have 32.");
    }

    private sealed record Content(IReadOnlyList<Entry> Keys);

    private sealed record Entry(string? Name, string? Key, string? Sha256, int? RequestsPerMinute, long? TokensPerMinute, double? SpendPerDay);
}
