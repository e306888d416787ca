using TorchSharp;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Chat;

/// <summary>Changes the logits of an answer's next token: penalties on what the answer already has, and no ids that the tokenizer does not have.</summary>
/// <param name="PromptLength">How many tokens the prompt has; penalties look only behind it.</param>
/// <param name="Known">The number of ids of the tokenizer.</param>
/// <param name="Frequency">Taken from a token's logit for each time the answer has it.</param>
/// <param name="Presence">Taken from a token's logit once when the answer has it.</param>
internal sealed record AnswerLogits(int PromptLength, int Known, double Frequency, double Presence)
{
    /// <summary>The logits, [rows, V], for the sequences so far; one row where there are penalties.</summary>
    public Tensor Apply(Tensor logits, IReadOnlyList<IReadOnlyList<int>> sequences)
    {
        var sequence = sequences[0];
        using var scope = NewDisposeScope();
        var result = logits;
        if ((Frequency != 0 || Presence != 0) && sequence.Count > PromptLength)
        {
            var counts = sequence.Skip(PromptLength).CountBy(token => token).ToArray();
            var ids = tensor(counts.Select(pair => (long)pair.Key).ToArray());
            var penalties = tensor(counts.Select(pair => (float)((Frequency * pair.Value) + Presence)).ToArray());
            using Scalar less = -1; // held: see ScalarOperations
            result = result.index_add(1, ids, penalties.unsqueeze(0), less);
        }

        if (Known < result.size(1))
        {
            result = result.clone();
            using Scalar never = float.NegativeInfinity; // held: see ScalarOperations
            result.narrow(1, Known, result.size(1) - Known).fill_(never);
        }

        return ReferenceEquals(result, logits) ? logits : result.MoveToOuterDisposeScope();
    }
}
