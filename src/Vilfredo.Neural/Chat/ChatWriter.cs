using Microsoft.Extensions.AI;
using Vilfredo.Neural.Generation;

namespace Vilfredo.Neural.Chat;

/// <summary>An answer in the making: it turns drawn tokens into text, piece by piece, and knows when to stop.</summary>
internal sealed class ChatWriter
{
    private readonly ChatRequest _request;
    private readonly Action<ChatPiece> _write;
    private readonly CancellationToken _cancellation;
    private readonly Tokenization.IStreamingDecoder _decoder;
    private readonly StopSequences _stops;
    private readonly List<TokenLogProbability> _since = [];
    private bool _stopped;

    /// <summary>An answer to a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="model">The model, for its tokenizer.</param>
    /// <param name="random">The answer's own stream.</param>
    /// <param name="write">Given each piece as soon as it is safe to show.</param>
    /// <param name="cancellation">Ends this answer, and no other of its batch.</param>
    public ChatWriter(ChatRequest request, LocalModel model, RandomGenerator random, Action<ChatPiece> write, CancellationToken cancellation)
    {
        (_request, _write, _cancellation) = (request, write, cancellation);
        _decoder = model.Tokenizer.NewStreamingDecoder();
        _stops = new(request.StopSequences);
        Generation = new(request.Prompt, new()
        {
            MaxTokens = request.MaxTokens,
            StopTokens = request.StopTokens,
            Sampling = request.Sampling,
            LogitsProcessor = request.LogitsProcessor,
            StopsAfter = Add,
        }, random.Split());
    }

    /// <summary>What the generator is asked for.</summary>
    public GenerationRequest Generation { get; }

    /// <summary>Ends when the answer has been written, or cannot be. Continuations run elsewhere: they must not hold up the others of a batch.</summary>
    public TaskCompletionSource<ChatEnding> Ending { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>Ends the answer because nobody waits for it.</summary>
    public void Cancel() => Ending.TrySetCanceled(_cancellation);

    /// <summary>Writes what was held back, and ends the answer.</summary>
    public void Finish(Continuation continuation)
    {
        if (IsCancelled)
        {
            Cancel();
            return;
        }

        if (!_stopped)
            Show(_decoder.Finish());
        Write(_stopped ? "" : _stops.Finish());
        if (_since.Count > 0)
            _write(new("", _since));
        Ending.TrySetResult(new(
            continuation.Finish == FinishReason.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length,
            new() { InputTokenCount = _request.Prompt.Length, OutputTokenCount = continuation.Tokens.Count, TotalTokenCount = _request.Prompt.Length + continuation.Tokens.Count }));
    }

    private bool Add(int number, int token, double logProbability)
    {
        _since.Add(new(token, logProbability));
        // A token that ends the answer is no part of its text, even where it has some.
        if (!_request.StopTokens.Contains(token))
            Show(_decoder.Append(token));
        return _stopped || IsCancelled;
    }

    private void Show(string piece)
    {
        (var text, _stopped) = _stops.Append(piece);
        Write(text);
    }

    private void Write(string text)
    {
        if (text.Length == 0)
            return;
        _write(new(text, [.. _since]));
        _since.Clear();
    }
}
