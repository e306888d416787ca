namespace Vilfredo.Measurement.ScalingLaws;

/// <summary>The loss of a language model that was trained with parallel streams.</summary>
/// <param name="Parameters">N, without embedding and head, with prefixes and aggregator; positive.</param>
/// <param name="Streams">P, at least 1; 1 is the ordinary model.</param>
/// <param name="Loss">In nats per token; positive.</param>
public sealed record StreamLoss(double Parameters, int Streams, double Loss);
