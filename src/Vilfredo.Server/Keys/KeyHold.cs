namespace Vilfredo.Server.Keys;

/// <summary>A request of a key under way. It is settled once, with what it used.</summary>
internal sealed class KeyHold(KeyLimits limits, ApiKey key, double held)
{
    private int _settled;

    public void Settle(long tokens, double cost)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
            limits.Settle(key, held, tokens, cost);
    }
}
