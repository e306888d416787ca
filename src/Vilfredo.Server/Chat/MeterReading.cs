namespace Vilfredo.Server.Chat;

/// <summary>What calls of models used. Calls without a known price cost nothing here.</summary>
internal readonly record struct MeterReading(int Calls, long InputTokens, long OutputTokens, double Cost)
{
    public long Tokens => InputTokens + OutputTokens;
}
