using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary>A way in which points answer. What it throws before anything has been sent lets another point answer.</summary>
internal interface IAnswers
{
    /// <summary>Answers as a whole.</summary>
    Task<AnswerAccount> CompleteAsync(AnswerAttempt attempt);

    /// <summary>Answers in chunks, to the mark of the end.</summary>
    Task<AnswerAccount> StreamAsync(AnswerAttempt attempt, EventWriter events);
}
