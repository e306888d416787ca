using Microsoft.Extensions.AI;
using TorchSharp;
using Vilfredo.Neural.Chat;
using Vilfredo.Neural.Tokenization;
using Vilfredo.Neural.Training.Objectives;
using Vilfredo.Neural.Training.Optimizers;
using static TorchSharp.torch;
using Decoder = Vilfredo.Neural.Transformers.Decoder;

namespace Vilfredo.Reproductions.Papers;

/// <summary>A decoder of 0.1 million parameters trained within a study, as a chat client that answers up to 256 calls together.</summary>
internal sealed class SmallReasoner : IDisposable
{
    private const double MuonRate = 0.02, AdamRate = 4e-3, WeightDecay = 0.01; // as the project's models/reasoner-0.3m
    private const double WarmUp = 0.05;
    private const int Batch = 256;
    private const int LongestAnswer = 192;

    private SmallReasoner(IChatClient client, long parameters, double flops) => (Client, Parameters, Flops) = (client, parameters, flops);

    /// <summary>The model.</summary>
    public IChatClient Client { get; }

    public long Parameters { get; }

    /// <summary>The operations of its training.</summary>
    public double Flops { get; }

    /// <summary>Trains a model until so many operations are spent.</summary>
    /// <param name="direct">Whether it learns to give the answer alone; otherwise it learns the roles of a reasoner.</param>
    /// <param name="flops">The operations, forward and backward.</param>
    /// <param name="seed">Of weights and data.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public static SmallReasoner Train(bool direct, double flops, int seed, CancellationToken cancellation)
    {
        var tokenizer = new CharacterTokenizer(ReasonerPrompts.Alphabet);
        var model = new Decoder(
            new() { VocabSize = tokenizer.VocabularySize, HiddenSize = 64, IntermediateSize = 176, NumHiddenLayers = 2, NumAttentionHeads = 4, MaxPositionEmbeddings = 512, TieWordEmbeddings = true }, seed);
        var batches = new ReasonerBatches(tokenizer, direct, (ulong)seed);
        using var objective = new LanguageModelObjective(model);
        using var optimizer = MuonPartition.Of(model).Optimizer(MuonRate, AdamRate, WeightDecay);
        var spent = 0.0;
        model.train();
        for (var step = 0L; spent < flops; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var batch = batches.At(step, spent / flops);
            optimizer.ZeroGradients();
            (objective.Loss(batch).Sum / batch.ScoredTokens).backward();
            GradientClipping.ByGlobalNorm(optimizer.Groups, 1);
            optimizer.Step(Factor(spent / flops));
            spent += objective.Cost(batch).Flops!.Value;
        }

        model.eval();
        var local = new LocalModel(model, tokenizer, direct ? "direct" : "reasoner");
        var template = new ChatTemplate("{{ bos_token }}{% for message in messages %}{{ message.content }}{% endfor %}");
        return new(new LocalChatClient(local, template, new() { MaximumBatch = Batch, MaxOutputTokens = LongestAnswer }, ownsModel: true), model.parameters().Sum(parameter => parameter.numel()), spent);
    }

    public void Dispose() => Client.Dispose();

    // Warm-up, then a cosine down to a tenth.
    private static double Factor(double progress) => progress < WarmUp
        ? (progress + 0.002) / (WarmUp + 0.002)
        : 0.1 + 0.45 * (1 + Math.Cos(Math.PI * (progress - WarmUp) / (1 - WarmUp)));
}
