namespace Vilfredo.Neural.Chat;

/// <summary>A chat template cannot be read, needs what is not built, or refuses the chat.</summary>
public sealed class ChatTemplateException(string message) : Exception(message);
