namespace Vilfredo.Inference.Providers;

/// <summary>How many servers of a frontier the request that is being answered has passed through; calls of endpoints carry it on, so that a server that has itself as a model is found out.</summary>
public static class HopCount
{
    /// <summary>The header that carries it.</summary>
    public const string Header = "x-vilfredo-hops";

    private static readonly AsyncLocal<int> Ambient = new();

    /// <summary>The number of the request that is being answered; 0 outside of one.</summary>
    public static int Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }
}
