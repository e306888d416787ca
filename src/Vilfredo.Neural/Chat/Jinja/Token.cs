namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>A token of an expression or statement.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; of a string what it stands for.</param>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    public bool Is(string text) => Kind is TokenKind.Name or TokenKind.Operator && Text == text;
}

internal enum TokenKind
{
    Name,
    Text,
    Number,
    Operator,
    End,
}

/// <summary>A part of a template: text, an expression to print, or a statement.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text; empty for the others.</param>
/// <param name="Tokens">The tokens of an expression or a statement, closed by one of the kind End.</param>
/// <param name="Line">The line it begins on, from 1.</param>
internal sealed record Part(PartKind Kind, string Text, IReadOnlyList<Token> Tokens, int Line);

internal enum PartKind
{
    Text,
    Output,
    Statement,
}
