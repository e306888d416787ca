using TorchSharp;
using TorchSharp.Utils;
using Vilfredo.Neural.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Vilfredo.Neural.Experts;

/// <summary>Sends each token to the k experts that score best for it, computed in 32 bits (64 for 64-bit input).</summary>
/// <remarks>
/// <para>Softmax scores: Shazeer et al., Outrageously Large Neural Networks, 2017. Sigmoid scores, the bias that helps to choose and does not weigh, and the
/// choice among groups: DeepSeek-AI, DeepSeek-V3, 2024, section 2.1.2. A group's score is the sum of its two best experts with sigmoid scores and its
/// best expert with softmax scores, as in the published models.</para>
/// </remarks>
public sealed class Router : Module<Tensor, Routing>
{
    private const double Least = 1e-20; // keeps a sum from being nought

    private readonly ExpertShape _shape;

    [ComponentName(Name = "weight")]
    private readonly TorchSharp.Modules.Parameter _weight;

    [ComponentName(Name = "e_score_correction_bias")]
    private readonly Tensor? _bias;

    /// <summary>With weights uniform in +-1 / sqrt(<paramref name="hiddenSize"/>), as a linear layer's, and a bias of 0.</summary>
    public Router(int hiddenSize, ExpertShape shape)
        : base(nameof(Router))
    {
        _shape = shape;
        var bound = 1 / Math.Sqrt(hiddenSize);
        _weight = Parameter(empty(shape.Routed, hiddenSize).uniform_(-bound, bound));
        if (shape.Scoring == ScoringFunction.Sigmoid)
            _bias = zeros(shape.Routed);
        RegisterComponents();
    }

    /// <summary>The logits' weights, [E, d].</summary>
    public Tensor Weight => _weight;

    /// <summary>What is added to the scores for the choice alone, [E]; a buffer without gradient, null for softmax scores. <see cref="BiasBalancer"/> moves it.</summary>
    public Tensor? Bias => _bias;

    /// <summary>Routes tokens, [N, d].</summary>
    public override Routing forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var type = tokens.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var logits = functional.linear(tokens.to(type), _weight.to(type)); // (N, E)
        var scores = _shape.Scoring == ScoringFunction.Softmax ? logits.softmax(-1) : logits.sigmoid();
        var (_, chosen) = Eligible(scores.detach()).topk(_shape.PerToken, sorted: false); // (N, k)
        using Scalar scale = _shape.Scale; // held: see ScalarOperations
        var weights = scores.gather(1, chosen);
        if (_shape.NormalizesWeights && _shape.PerToken > 1)
            weights = weights / weights.sum(-1, keepdim: true).PlusNumber(Least);
        if (_shape.Scale != 1)
            weights = weights.mul(scale);
        var probabilities = _shape.Scoring == ScoringFunction.Softmax ? scores : scores / scores.sum(-1, keepdim: true).PlusNumber(Least);
        return new Routing(chosen, weights, probabilities, logits).MoveToOuterDisposeScope();
    }

    /// <summary>The scores by which experts are chosen: with the bias, and minus infinity outside the kept groups.</summary>
    private Tensor Eligible(Tensor scores)
    {
        var biased = _bias is null ? scores : scores.Plus(_bias);
        if (_shape.GroupsKept == _shape.Groups)
            return biased;
        var size = _shape.Routed / _shape.Groups;
        var grouped = biased.view(-1, _shape.Groups, size); // (N, G, E/G)
        var (best, _) = grouped.topk(Math.Min(size, _shape.Scoring == ScoringFunction.Sigmoid ? 2 : 1));
        var (_, kept) = best.sum(-1).topk(_shape.GroupsKept, sorted: false);
        var excluded = ones([biased.size(0), _shape.Groups], dtype: ScalarType.Bool, device: biased.device).scatter(1, kept, zeros_like(kept).to(ScalarType.Bool));
        using Scalar never = double.NegativeInfinity;
        return grouped.masked_fill(excluded.unsqueeze(-1), never).view(biased.shape);
    }
}
