namespace Vilfredo.Neural.Streams;

/// <summary>Parallel streams of a decoder: P views of the same input, each behind prefixes of its own in every attention layer, whose last states are mixed (ParScale, Chen et al., 2025).</summary>
/// <param name="Count">P, at least 2.</param>
/// <param name="PrefixLength">The keys and values of a prefix, which every token sees. They take no positions. At least 1.</param>
/// <param name="Smoothing">The share of the mixture's weights that is spread evenly, in [0, 1].</param>
public sealed record StreamShape(int Count, int PrefixLength, double Smoothing);
