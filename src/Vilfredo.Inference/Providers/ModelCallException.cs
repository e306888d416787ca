namespace Vilfredo.Inference.Providers;

/// <summary>A call of a model that failed for good: after the retries that its definition allows, or in a way that a retry does not mend.</summary>
/// <param name="model">The model.</param>
/// <param name="message">What happened.</param>
/// <param name="status">The HTTP status that the endpoint answered with; null when there was no answer, or one that makes no sense.</param>
/// <param name="inner">What led to it.</param>
public sealed class ModelCallException(string model, string message, int? status = null, Exception? inner = null) : Exception($"{model}: {message}", inner)
{
    /// <summary>The model, by its name in the definitions.</summary>
    public string Model { get; } = model;

    /// <summary>The HTTP status that the endpoint answered with; null when there was no answer, or one that makes no sense.</summary>
    public int? Status { get; } = status;

    /// <summary>How long the endpoint asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the request itself is at fault, so that another model would likely refuse it too.</summary>
    public bool IsRequestRefused => Status is 400 or 413 or 422;
}
