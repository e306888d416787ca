using TorchSharp;
using Vilfredo.Neural.Transformers;
using static TorchSharp.torch;

namespace Vilfredo.Neural.Generation;

/// <summary>Continues prompts with a decoder, in a batch, with a cache.</summary>
/// <remarks>
/// Each prompt has its own stream of random numbers, so that its continuation depends on the seed and its number, not on what else is in the batch
/// (up to rounding of the logits). Sequences that have ended leave batch and cache at once.
/// </remarks>
public sealed class TokenGenerator
{
    private readonly Decoder _model;

    /// <summary>A generator for <paramref name="model"/>, which stays the caller's.</summary>
    public TokenGenerator(Decoder model) => _model = model;

    /// <summary>Continues every prompt.</summary>
    /// <param name="prompts">Token ids; each prompt has at least one, below the size of the vocabulary.</param>
    /// <param name="options">How long, and how tokens are drawn.</param>
    /// <param name="random">The source of the prompts' own streams; not used when the temperature is 0.</param>
    /// <param name="cancellation">Looked at before each token.</param>
    /// <returns>One continuation per prompt, in their order.</returns>
    /// <exception cref="ArgumentException">A prompt is empty or has a token that the model does not know, or an option is out of range.</exception>
    public IReadOnlyList<Continuation> Generate(IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options, RandomGenerator random, CancellationToken cancellation = default)
    {
        Check(prompts, options);
        if (prompts.Count == 0)
            return [];
        using var noGradient = inference_mode();
        using var cache = _model.NewCache();
        using var kept = NewDisposeScope(); // what a step hands to the next, also when one is cancelled
        var states = prompts.Select((prompt, number) => new Sequence(number, [.. prompt], random.Split())).ToList();
        var active = states.ToList();
        var (ids, visible) = LeftPadded(prompts);
        for (var step = 0; active.Count > 0; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var logits = _model.Run(new() { Ids = ids, Visible = step == 0 ? visible : null, Cache = cache, LastLogitsOnly = true }).Logits.squeeze(1).to(ScalarType.Float32); // (rows, V)
            var drawn = Draw(logits, active, options);
            var logProbabilities = nn.functional.log_softmax(logits, -1).gather(-1, tensor(drawn).unsqueeze(-1)).view(-1).data<float>().ToArray();
            for (var row = 0; row < active.Count; row++)
                active[row].Add((int)drawn[row], logProbabilities[row], options);

            var going = Enumerable.Range(0, active.Count).Where(row => active[row].Finish is null).ToArray();
            if (going.Length < active.Count)
            {
                active = [.. going.Select(row => active[row])];
                if (going.Length > 0)
                    cache.SelectRows([.. going.Select(row => (long)row)]);
            }

            ids.Dispose();
            ids = tensor(active.Select(sequence => (long)sequence.Ids[^1]).ToArray()).unsqueeze(-1).MoveToOuterDisposeScope();
        }

        return [.. states.Select(sequence => sequence.Continuation)];
    }

    private static long[] Draw(Tensor logits, List<Sequence> active, GenerationOptions options)
    {
        IReadOnlyList<IReadOnlyList<int>> sequences = [.. active.Select(sequence => sequence.Ids)];
        var processed = options.LogitsProcessor?.Invoke(logits, sequences) ?? logits;
        if (options.Sampling.RepetitionPenalty != 1)
            processed = TokenSampler.Penalize(processed, sequences, options.Sampling.RepetitionPenalty);
        return TokenSampler.Draw(processed, options.Sampling, [.. active.Select(sequence => options.Sampling.Temperature == 0 ? 0 : sequence.Random.NextDouble())]);
    }

    private static (Tensor Ids, Tensor? Visible) LeftPadded(IReadOnlyList<IReadOnlyList<int>> prompts)
    {
        var longest = prompts.Max(prompt => prompt.Count);
        var ids = new long[prompts.Count, longest];
        var visible = new bool[prompts.Count, longest];
        for (var row = 0; row < prompts.Count; row++)
        {
            var padding = longest - prompts[row].Count;
            for (var i = padding; i < longest; i++)
                (ids[row, i], visible[row, i]) = (prompts[row][i - padding], true);
        }

        return (tensor(ids), prompts.All(prompt => prompt.Count == longest) ? null : tensor(visible));
    }

    private void Check(IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options)
    {
        options.Sampling.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTokens, 1, nameof(options.MaxTokens));
        for (var i = 0; i < prompts.Count; i++)
        {
            if (prompts[i].Count == 0)
                throw new ArgumentException($"Prompt {i} is empty; give at least one token, for example the one that begins a text.", nameof(prompts));
            foreach (var id in prompts[i])
            {
                if (id < 0 || id >= _model.Config.VocabSize)
                    throw new ArgumentException($"Prompt {i} has the token {id}; this model knows 0 to {_model.Config.VocabSize - 1}.", nameof(prompts));
            }
        }
    }

    /// <summary>One sequence on its way.</summary>
    private sealed class Sequence(int number, List<int> ids, RandomGenerator random)
    {
        private readonly int _promptLength = ids.Count;
        private readonly List<double> _logProbabilities = [];

        public List<int> Ids => ids;

        public RandomGenerator Random => random;

        public FinishReason? Finish { get; private set; }

        public Continuation Continuation => new(ids[_promptLength..], _logProbabilities, Finish!.Value);

        public void Add(int token, double logProbability, GenerationOptions options)
        {
            ids.Add(token);
            _logProbabilities.Add(logProbability);
            options.OnToken?.Invoke(number, token);
            var stops = options.StopsAfter?.Invoke(number, token, logProbability) == true;
            if (stops || options.StopTokens.Contains(token))
                Finish = FinishReason.Stop;
            else if (ids.Count - _promptLength >= options.MaxTokens)
                Finish = FinishReason.Length;
        }
    }
}
