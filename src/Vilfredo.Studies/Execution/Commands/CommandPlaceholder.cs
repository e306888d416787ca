namespace Vilfredo.Studies.Execution;

/// <summary>A placeholder in a command template, for checking its name and saying where it stands.</summary>
/// <param name="Name">The name between the braces.</param>
/// <param name="Format">The numeric format after the colon, or <see langword="null"/>.</param>
/// <param name="Argument">Index of the argument template, from 0 (the program itself).</param>
/// <param name="Position">Index of its opening brace within the argument template, from 0.</param>
public sealed record CommandPlaceholder(string Name, string? Format, int Argument, int Position);
