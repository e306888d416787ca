namespace Vilfredo.Server.Keys;

/// <summary>A request of a key under way. Settle it with what it used; disposing it unsettled counts nothing but the request.</summary>
internal sealed class KeyHold(KeyLimits limits, ApiKey key, double held) : IDisposable
{
    private int _settled;

    public string Name => key.Name;

    public void Settle(long tokens, double cost)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
            limits.Settle(key, held, tokens, cost);
    }

    public void Dispose() => Settle(0, 0);
}
