using TorchSharp;
using Vilfredo.Neural.Recursion;
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

    /// <summary>How tokens are sent through a mixture of recursions: a threshold or a greatest depth other than the model's own; null means those.</summary>
    public DepthSelection? Depths { get; init; }

    /// <summary>Continues every prompt.</summary>
    /// <param name="prompts">Token ids; each prompt has at least one, below the size of the vocabulary.</param>
    /// <param name="options">How long, and how tokens are drawn.</param>
    /// <param name="random">The source of the prompts' own streams; not used when the temperature is 0.</param>
    /// <param name="cancellation">Looked at before each token.</param>
    /// <returns>One continuation per prompt, in their order.</returns>
    /// <exception cref="ArgumentException">A prompt is empty or has a token that the model does not know, or an option is out of range.</exception>
    public IReadOnlyList<Continuation> Generate(IReadOnlyList<IReadOnlyList<int>> prompts, GenerationOptions options, RandomGenerator random, CancellationToken cancellation = default) =>
        Generate([.. prompts.Select(prompt => new GenerationRequest(prompt, options, random.Split()))], cancellation);

    /// <summary>Continues prompts that each have options and a random stream of their own. Prompts with equal sampling and the same processor are drawn together, which is faster.</summary>
    /// <param name="requests">The prompts; their numbers in the options' callbacks are their places here.</param>
    /// <param name="cancellation">Looked at before each token; ends all of them. One ends for itself by its <see cref="GenerationOptions.StopsAfter"/>.</param>
    /// <returns>One continuation per prompt, in their order.</returns>
    /// <exception cref="ArgumentException">A prompt is empty or has a token that the model does not know, or an option is out of range.</exception>
    public IReadOnlyList<Continuation> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellation = default)
    {
        Check(requests);
        if (requests.Count == 0)
            return [];
        using var noGradient = inference_mode();
        using var cache = _model.NewCache();
        using var kept = NewDisposeScope(); // what a step hands to the next, also when one is cancelled
        var states = requests.Select((request, number) => new Sequence(number, request)).ToList();
        var active = states.ToList();
        var (ids, visible) = LeftPadded([.. requests.Select(request => request.Prompt)]);
        for (var step = 0; active.Count > 0; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var logits = _model.Run(new() { Ids = ids, Visible = step == 0 ? visible : null, Cache = cache, LastLogitsOnly = true, Depths = Depths }).Logits.squeeze(1).to(ScalarType.Float32); // (rows, V)
            var drawn = Draw(logits, active);
            var logProbabilities = nn.functional.log_softmax(logits, -1).gather(-1, tensor(drawn).unsqueeze(-1)).view(-1).data<float>().ToArray();
            for (var row = 0; row < active.Count; row++)
                active[row].Add((int)drawn[row], logProbabilities[row]);

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

    /// <summary>A token for each row; rows of one way of drawing together.</summary>
    private static long[] Draw(Tensor logits, List<Sequence> active)
    {
        var drawn = new long[active.Count];
        foreach (var alike in Enumerable.Range(0, active.Count).GroupBy(row => (active[row].Options.LogitsProcessor, active[row].Options.Sampling)))
        {
            var rows = alike.ToArray();
            List<Sequence> sequences = [.. rows.Select(row => active[row])];
            var own = rows.Length == active.Count ? logits : logits.index_select(0, tensor(rows.Select(row => (long)row).ToArray()));
            var tokens = Draw(own, sequences, sequences[0].Options);
            for (var i = 0; i < rows.Length; i++)
                drawn[rows[i]] = tokens[i];
        }

        return drawn;
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

    private void Check(IReadOnlyList<GenerationRequest> requests)
    {
        for (var i = 0; i < requests.Count; i++)
        {
            var (prompt, options, _) = requests[i];
            options.Sampling.Validate();
            ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTokens, 1, nameof(options.MaxTokens));
            if (prompt.Count == 0)
                throw new ArgumentException($"Prompt {i} is empty; give at least one token, for example the one that begins a text.", nameof(requests));
            foreach (var id in prompt)
            {
                if (id < 0 || id >= _model.Config.VocabSize)
                    throw new ArgumentException($"Prompt {i} has the token {id}; this model knows 0 to {_model.Config.VocabSize - 1}.", nameof(requests));
            }
        }
    }

    /// <summary>One sequence on its way.</summary>
    private sealed class Sequence(int number, GenerationRequest request)
    {
        private readonly List<int> _ids = [.. request.Prompt];
        private readonly List<double> _logProbabilities = [];

        public List<int> Ids => _ids;

        public GenerationOptions Options => request.Options;

        public RandomGenerator Random => request.Random;

        public FinishReason? Finish { get; private set; }

        public Continuation Continuation => new(_ids[request.Prompt.Count..], _logProbabilities, Finish!.Value);

        public void Add(int token, double logProbability)
        {
            _ids.Add(token);
            _logProbabilities.Add(logProbability);
            Options.OnToken?.Invoke(number, token);
            var stops = Options.StopsAfter?.Invoke(number, token, logProbability) == true;
            if (stops || Options.StopTokens.Contains(token))
                Finish = FinishReason.Stop;
            else if (_ids.Count - request.Prompt.Count >= Options.MaxTokens)
                Finish = FinishReason.Length;
        }
    }
}
