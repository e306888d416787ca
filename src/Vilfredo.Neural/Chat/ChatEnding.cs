using Microsoft.Extensions.AI;

namespace Vilfredo.Neural.Chat;

/// <summary>How an answer ended and what it took.</summary>
internal sealed record ChatEnding(ChatFinishReason Finish, UsageDetails Usage);
