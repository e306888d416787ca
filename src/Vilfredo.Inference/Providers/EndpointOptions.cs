namespace Vilfredo.Inference.Providers;

/// <summary>How endpoints are called, beside what a <see cref="ModelDefinition"/> says.</summary>
public sealed record EndpointOptions
{
    /// <summary>The wait before the first retry; each further one waits about twice as long, with jitter, unless the endpoint says how long. Not negative.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before a retry, also where an endpoint asks for a longer one.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads environment variables: where keys come from.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
