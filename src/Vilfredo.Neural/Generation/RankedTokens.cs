namespace Vilfredo.Neural.Generation;

/// <summary>The tokens of a row of logits from the most probable on, put in order only as far as somebody asks; equal ones in the order of their ids.</summary>
/// <remarks>A draw seldom goes far down, and a heap of a whole vocabulary is made in linear time.</remarks>
internal sealed class RankedTokens
{
    private readonly PriorityQueue<int, ulong> _waiting = new();
    private readonly List<(int Token, double Mass)> _ranked = [];
    private double[] _masses = [];

    /// <summary>The sum of all masses.</summary>
    public double Total { get; private set; }

    /// <summary>Takes a row.</summary>
    /// <param name="logits">The logits of the tokens.</param>
    /// <param name="temperature">Divides them; positive.</param>
    public void Load(ReadOnlySpan<double> logits, double temperature)
    {
        _ranked.Clear();
        _waiting.Clear();
        if (_masses.Length != logits.Length)
            _masses = new double[logits.Length];
        var highest = double.NegativeInfinity;
        foreach (var logit in logits)
            highest = Math.Max(highest, logit);
        Total = 0;
        var tokens = new (int, ulong)[logits.Length];
        for (var token = 0; token < logits.Length; token++)
        {
            Total += _masses[token] = Math.Exp((logits[token] - highest) / temperature);
            tokens[token] = (token, Rank((float)logits[token]) << 32 | (uint)token);
        }

        _waiting.EnqueueRange(tokens);
    }

    /// <summary>The token of this rank and its probability relative to the most probable one's; null past the last.</summary>
    public (int Token, double Mass)? At(int rank)
    {
        while (_ranked.Count <= rank && _waiting.TryDequeue(out var token, out _))
            _ranked.Add((token, _masses[token]));
        return rank < _ranked.Count ? _ranked[rank] : null;
    }

    /// <summary>A number that is the smaller the greater the logit: its bits, turned so that they count as a whole number does.</summary>
    private static ulong Rank(float logit)
    {
        var bits = BitConverter.SingleToUInt32Bits(logit);
        return (bits & 0x8000_0000) != 0 ? bits : ~bits & 0x7FFF_FFFF;
    }
}
