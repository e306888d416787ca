using System.Globalization;
using System.Text;
using TorchSharp;
using Vilfredo.Neural.Training.Optimizers;
using static TorchSharp.torch;
using Decoder = Vilfredo.Neural.Transformers.Decoder;

namespace Vilfredo.Reproductions.Papers;

/// <summary>Endless lines such as <c>47+6=53</c>: text with a structure that larger models learn sooner.</summary>
internal static class SumText
{
    private const int Length = 64;
    private const int Batch = 8;
    private const double LearningRate = 3e-3;

    /// <summary>ASCII codes of at least so many characters.</summary>
    public static int[] Tokens(int count, RandomGenerator random)
    {
        var text = new StringBuilder();
        while (text.Length < count)
        {
            var (a, b) = (random.NextInt32(100), random.NextInt32(100));
            text.Append(CultureInfo.InvariantCulture, $"{a}+{b}={a + b}\n");
        }

        return [.. text.ToString().Take(count).Select(character => (int)character)];
    }

    /// <summary>Trains a model for so many steps.</summary>
    public static void Train(Decoder model, int steps, RandomGenerator random, CancellationToken cancellation)
    {
        var groups = ParameterGroup.Of(model, LearningRate);
        using var optimizer = new AdamW(groups);
        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            optimizer.ZeroGradients();
            Loss(model, random).backward();
            GradientClipping.ByGlobalNorm(groups, 1);
            optimizer.Step();
        }
    }

    /// <summary>The mean negative log-likelihood of the next character of fresh text, in nats.</summary>
    public static double HeldOutLoss(Decoder model, int batches, RandomGenerator random)
    {
        using var noGradient = no_grad();
        var sum = 0.0;
        for (var i = 0; i < batches; i++)
        {
            using var scope = NewDisposeScope();
            sum += Loss(model, random).item<float>();
        }

        return sum / batches;
    }

    private static Tensor Loss(Decoder model, RandomGenerator random)
    {
        var tokens = tensor(Tokens(Batch * (Length + 1), random).Select(token => (long)token).ToArray()).view(Batch, Length + 1);
        var logits = model.forward(tokens.narrow(1, 0, Length)); // (B, T, V)
        return nn.functional.cross_entropy(logits.reshape(Batch * Length, SmallModel.Vocabulary), tokens.narrow(1, 1, Length).reshape(Batch * Length));
    }
}
