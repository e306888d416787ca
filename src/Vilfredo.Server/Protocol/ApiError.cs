namespace Vilfredo.Server.Protocol;

/// <summary>A request that is answered with an error object of OpenAI's form.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">What is wrong and how to mend it.</param>
/// <param name="type">OpenAI's type of the error.</param>
/// <param name="code">A word for programs; null where there is none.</param>
internal sealed class ApiError(int status, string message, string type = "invalid_request_error", string? code = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Type { get; } = type;

    public string? Code { get; } = code;

    /// <summary>The field of the request that is wrong.</summary>
    public string? Parameter { get; init; }

    /// <summary>When to try again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static ApiError Field(string field, string message) => new(400, message) { Parameter = field };
}
