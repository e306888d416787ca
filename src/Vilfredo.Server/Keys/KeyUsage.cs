namespace Vilfredo.Server.Keys;

/// <summary>What a key has used in a window of time.</summary>
internal readonly record struct KeyUsage(long Requests, long Tokens, double Spend);
