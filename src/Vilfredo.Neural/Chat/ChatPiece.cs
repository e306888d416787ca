namespace Vilfredo.Neural.Chat;

/// <summary>A part of an answer as it is written, with the tokens behind it.</summary>
internal sealed record ChatPiece(string Text, IReadOnlyList<TokenLogProbability> LogProbabilities);
