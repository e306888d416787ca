using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Training.Optimizers;

/// <summary>Which parameters of a module <see cref="Muon"/> trains (hidden matrices) and which <see cref="AdamW"/> (embeddings, output heads, biases, normalisations).</summary>
/// <param name="Hidden">For Muon.</param>
/// <param name="Rest">For AdamW.</param>
public sealed record MuonPartition(IReadOnlyList<NamedParameter> Hidden, IReadOnlyList<NamedParameter> Rest)
{
    /// <summary>Divides the trainable parameters of a module; a tensor under several names is taken once.</summary>
    /// <param name="module">The module; weights of its <c>Embedding</c> layers go to AdamW.</param>
    /// <param name="isHead">Whether a parameter of this name belongs to an output head and goes to AdamW; null means those with the part <c>lm_head</c>.</param>
    public static MuonPartition Of(nn.Module module, Func<string, bool>? isHead = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        isHead ??= name => name.Split('.').Contains("lm_head", StringComparer.Ordinal);
        var embeddings = module.named_modules().Where(one => one.module is Embedding).Select(one => $"{one.name}.weight").ToHashSet(StringComparer.Ordinal);
        var byHidden = ParameterGroup.Trainable(module).ToLookup(one => one.Value.dim() > 1 && !embeddings.Contains(one.Name) && !isHead(one.Name));
        return new([.. byHidden[true]], [.. byHidden[false]]);
    }

    /// <summary>Muon and AdamW over this partition as one optimiser; without hidden matrices it is AdamW alone, without others Muon alone.</summary>
    /// <param name="muonRate">Muon's peak learning rate; about 0.02 for <see cref="MuonScale.RowsOverColumns"/>.</param>
    /// <param name="adamRate">AdamW's peak learning rate.</param>
    /// <param name="weightDecay">For matrices of both.</param>
    /// <param name="options">How Muon makes a step; null means the defaults.</param>
    /// <param name="rules">What is special about some parameters; null means nothing. Freeze those that stay as they are first: <see cref="ParameterRule.Freeze"/>.</param>
    public IOptimizer Optimizer(double muonRate, double adamRate, double weightDecay = 0, MuonOptions? options = null, IReadOnlyList<ParameterRule>? rules = null)
    {
        rules ??= [];
        var parts = new List<IOptimizer>();
        var byAdam = Hidden.ToLookup(one => rules.FirstOrDefault(rule => rule.Matches(one.Name)) is { TrainedByAdamW: true });
        NamedParameter[] rest = [.. Rest, .. byAdam[true]];
        if (byAdam[false].Any())
            parts.Add(new Muon(ParameterRule.Groups([.. byAdam[false]], muonRate, weightDecay, rules), options));
        if (rest.Length > 0)
            parts.Add(new AdamW(ParameterRule.Groups(rest, adamRate, weightDecay, rules)));
        return parts is [var only] ? only : new CombinedOptimizer(parts);
    }

    /// <summary>The split in numbers, for a log.</summary>
    public override string ToString() =>
        $"Muon: {Hidden.Count} tensors, {Hidden.Sum(one => one.Value.numel())} weights; AdamW: {Rest.Count} tensors, {Rest.Sum(one => one.Value.numel())} weights";
}
