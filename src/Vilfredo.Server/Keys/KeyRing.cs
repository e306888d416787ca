using System.Security.Cryptography;

namespace Vilfredo.Server.Keys;

/// <summary>Finds the key that a request presents, in a time that does not depend on which it is or how much of it is right.</summary>
internal sealed class KeyRing(IReadOnlyList<ApiKey> keys)
{
    private readonly (byte[] Hash, ApiKey Key)[] _keys = [.. keys.Select(key => (key.Hash.ToArray(), key))];

    public bool IsOpen => _keys.Length == 0;

    public ApiKey? Find(string? authorization)
    {
        const string Scheme = "Bearer ";
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var presented = ApiKey.HashOf(authorization[Scheme.Length..].Trim());
        ApiKey? found = null;
        foreach (var (hash, key) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, presented))
                found = key;
        }

        return found;
    }
}
