using Vilfredo.Neural.Generation;

namespace Vilfredo.Neural.Chat;

/// <summary>Answers that wait for one model are decoded together: whatever waits when the model becomes free, oldest first, up to a largest number.</summary>
internal sealed class ChatBatches(LocalModel model, LocalChatSettings settings)
{
    // Prompts are padded to the longest; beyond this a batch would mostly read padding.
    private const int LongestToShortest = 2;
    private const int AlwaysAlike = 64;

    private readonly Lock _lock = new();
    private readonly LinkedList<ChatWriter> _waiting = new();
    private bool _isRunning;

    /// <summary>Writes an answer, together with others that wait.</summary>
    public async Task<ChatEnding> RunAsync(ChatWriter answer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        bool starts;
        LinkedListNode<ChatWriter> place;
        lock (_lock)
        {
            place = _waiting.AddLast(answer);
            (starts, _isRunning) = (!_isRunning, true);
        }

        // One that is cancelled while it waits leaves at once; one that is being decoded ends with its next token.
        using var leaving = cancellation.Register(() =>
        {
            lock (_lock)
            {
                if (place.List is null)
                    return;
                _waiting.Remove(place);
            }

            answer.Cancel();
        });
        if (starts)
            _ = Task.Run(RunWaitingAsync, CancellationToken.None);
        return await answer.Ending.Task.ConfigureAwait(false);
    }

    private async Task RunWaitingAsync()
    {
        while (true)
        {
            if (settings.MaximumBatch > 1 && settings.BatchWait > TimeSpan.Zero && IsRoom())
                await Task.Delay(settings.BatchWait, settings.Time).ConfigureAwait(false);
            List<ChatWriter> batch = [];
            try
            {
                await model.RunAsync(() =>
                {
                    batch = Take();
                    Decode(batch);
                    return true;
                }, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                // Whatever went wrong is told to those who wait for it; the next batch may fare better.
                if (batch.Count == 0)
                    batch = Take();
                foreach (var answer in batch)
                    answer.Ending.TrySetException(error);
            }

            lock (_lock)
            {
                if (_waiting.Count > 0)
                    continue;
                _isRunning = false;
                return;
            }
        }
    }

    private bool IsRoom()
    {
        lock (_lock)
            return _waiting.Count < settings.MaximumBatch;
    }

    private void Decode(List<ChatWriter> batch)
    {
        if (batch.Count == 0)
            return;
        var continuations = new TokenGenerator(model.Decoder).Generate([.. batch.Select(answer => answer.Generation)]);
        foreach (var (answer, continuation) in batch.Zip(continuations))
            answer.Finish(continuation);
    }

    /// <summary>The oldest, and those of about its length.</summary>
    private List<ChatWriter> Take()
    {
        List<ChatWriter> taken = [];
        lock (_lock)
        {
            var (shortest, longest) = (int.MaxValue, 0);
            for (var place = _waiting.First; place is not null && taken.Count < settings.MaximumBatch;)
            {
                var (next, answer) = (place.Next, place.Value);
                var length = answer.Generation.Prompt.Count;
                var (least, most) = (Math.Min(shortest, length), Math.Max(longest, length));
                if (most <= AlwaysAlike || most <= LongestToShortest * least)
                {
                    (shortest, longest) = (least, most);
                    _waiting.Remove(place);
                    taken.Add(answer);
                }

                place = next;
            }
        }

        return taken;
    }
}
