namespace Vilfredo.Neural.Chat;

/// <summary>What one side of a chat said.</summary>
/// <param name="Role">"system", "user" or "assistant".</param>
/// <param name="Text">Its words.</param>
public sealed record ChatTurn(string Role, string Text);
