using Vilfredo.Inference.Calls;

namespace Vilfredo.Server.Chat;

/// <summary>Adds up what calls of models used as they end: also those that failed, were cancelled, or belong to an answer that never came. Thread-safe.</summary>
/// <param name="whole">A meter of a larger whole that counts the same calls; null for none.</param>
internal sealed class CallMeter(CallMeter? whole = null) : IProgress<CallRecord>
{
    private readonly Lock _lock = new();
    private MeterReading _reading;

    /// <summary>What has been used so far.</summary>
    public MeterReading Reading
    {
        get
        {
            lock (_lock)
                return _reading;
        }
    }

    /// <inheritdoc/>
    public void Report(CallRecord value)
    {
        lock (_lock)
        {
            _reading = new(
                _reading.Calls + 1,
                _reading.InputTokens + value.Usage.InputTokens,
                _reading.OutputTokens + value.Usage.OutputTokens,
                _reading.Cost + (value.Cost?.Amount ?? 0));
        }

        whole?.Report(value);
    }
}
