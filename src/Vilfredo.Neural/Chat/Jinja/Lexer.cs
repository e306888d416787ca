using System.Globalization;
using System.Text;

namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>Cuts a template into its parts, with the white-space rules that chat templates are written for: the newline behind a statement and the blanks before one on its line are dropped, and a minus drops all white space on its side.</summary>
internal sealed class Lexer
{
    /// <summary>The longest expression, so that evaluating one needs little stack.</summary>
    private const int MostTokens = 1000;

    private static readonly string[] Operators = ["//", "**", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "(", ")", "[", "]", "{", "}", ",", ":", ".", "|", "="];

    private readonly string _source;
    private readonly List<Part> _parts = [];
    private int _at;
    private bool _startsLine = true;
    private (int At, int Line) _counted = (0, 1);

    private Lexer(string source) => _source = source;

    public static IReadOnlyList<Part> Cut(string source)
    {
        source = source.ReplaceLineEndings("\n");
        var lexer = new Lexer(source.EndsWith('\n') ? source[..^1] : source);
        lexer.Run();
        return lexer._parts;
    }

    private void Run()
    {
        while (_at < _source.Length)
        {
            var open = Next();
            var text = _source[_at..open];
            if (open == _source.Length)
            {
                AddText(text);
                return;
            }

            var kind = _source[open + 1];
            var sign = open + 2 < _source.Length ? _source[open + 2] : ' ';
            if (sign == '-')
                text = text.TrimEnd();
            else if (sign != '+' && kind != '{')
                text = WithoutIndentation(text);
            AddText(text);
            _at = open + (sign is '-' or '+' ? 3 : 2);
            if (kind == '#')
                SkipComment();
            else
                AddTag(kind == '{' ? PartKind.Output : PartKind.Statement, open);
        }
    }

    private int Next()
    {
        for (var i = _at; i + 1 < _source.Length; i++)
        {
            if (_source[i] == '{' && _source[i + 1] is '{' or '%' or '#')
                return i;
        }

        return _source.Length;
    }

    private string WithoutIndentation(string text)
    {
        var line = text.LastIndexOf('\n') + 1;
        return (line > 0 || _startsLine) && text.AsSpan(line).IndexOfAnyExcept(' ', '\t') < 0 ? text[..line] : text;
    }

    private void AddText(string text)
    {
        if (text.Length > 0)
            _parts.Add(new(PartKind.Text, text, [], Line(_at)));
        _startsLine = false;
    }

    private void SkipComment()
    {
        var end = _source.IndexOf("#}", _at, StringComparison.Ordinal);
        if (end < 0)
            throw Error("a comment is not closed");
        var sign = end > _at ? _source[end - 1] : ' ';
        _at = end + 2;
        Close(sign, dropsNewline: true);
    }

    private void AddTag(PartKind kind, int open)
    {
        var tokens = new List<Token>();
        var line = Line(open);
        var close = kind == PartKind.Output ? "}}" : "%}";
        var depth = 0;
        while (true)
        {
            while (_at < _source.Length && char.IsWhiteSpace(_source[_at]))
                _at++;
            if (_at >= _source.Length)
                throw Error($"a tag that opens on line {line} is not closed");
            var signed = _source[_at] is '-' or '+' && Stands(close, _at + 1);
            if (depth == 0 && (signed || Stands(close, _at)))
            {
                var sign = signed ? _source[_at] : ' ';
                _at += signed ? 3 : 2;
                tokens.Add(new(TokenKind.End, ""));
                _parts.Add(new(kind, "", tokens, line));
                Close(sign, dropsNewline: kind == PartKind.Statement);
                return;
            }

            var token = ReadToken();
            if (token.Kind == TokenKind.Operator)
                depth += token.Text is "(" or "[" or "{" ? 1 : token.Text is ")" or "]" or "}" ? -1 : 0;
            tokens.Add(token);
            if (tokens.Count > MostTokens)
                throw Error($"a tag has more than {MostTokens} tokens");
        }
    }

    private void Close(char sign, bool dropsNewline)
    {
        var start = _at;
        if (sign == '-')
        {
            while (_at < _source.Length && char.IsWhiteSpace(_source[_at]))
                _at++;
        }
        else if (sign != '+' && dropsNewline && _at < _source.Length && _source[_at] == '\n')
        {
            _at++;
        }

        _startsLine = _at > start && _source[_at - 1] == '\n';
    }

    private bool Stands(string text, int at) => string.CompareOrdinal(_source, at, text, 0, text.Length) == 0;

    private Token ReadToken()
    {
        var start = _at;
        var first = _source[_at];
        if (first is '\'' or '"')
            return ReadText(first);
        if (char.IsLetter(first) || first == '_')
        {
            while (_at < _source.Length && (char.IsLetterOrDigit(_source[_at]) || _source[_at] == '_'))
                _at++;
            return new(TokenKind.Name, _source[start.._at]);
        }

        if (char.IsAsciiDigit(first))
        {
            while (_at < _source.Length && (char.IsAsciiDigit(_source[_at]) || (_source[_at] == '.' && _at + 1 < _source.Length && char.IsAsciiDigit(_source[_at + 1]))))
                _at++;
            return new(TokenKind.Number, _source[start.._at]);
        }

        var known = Array.Find(Operators, candidate => Stands(candidate, _at)) ?? throw Error($"the character '{first}' has no place in a tag");
        _at += known.Length;
        return new(TokenKind.Operator, known);
    }

    private Token ReadText(char quote)
    {
        var text = new StringBuilder();
        for (_at++; _at < _source.Length && _source[_at] != quote; _at++)
        {
            if (_source[_at] == '\\' && _at + 1 < _source.Length)
                text.Append(Escaped(_source[++_at]));
            else
                text.Append(_source[_at]);
        }

        if (_at++ >= _source.Length)
            throw Error("a string is not closed");
        return new(TokenKind.Text, text.ToString());
    }

    private string Escaped(char letter)
    {
        switch (letter)
        {
            case 'n':
                return "\n";
            case 't':
                return "\t";
            case 'r':
                return "\r";
            case '\\' or '\'' or '"':
                return letter.ToString();
            case 'x' or 'u' when int.TryParse(_source.AsSpan(_at + 1, Math.Min(letter == 'x' ? 2 : 4, _source.Length - _at - 1)), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value):
                _at += letter == 'x' ? 2 : 4;
                return ((char)value).ToString();
            default:
                return "\\" + letter;
        }
    }

    /// <summary>The line of a place, from 1; quick where places are asked for in order.</summary>
    private int Line(int at)
    {
        at = Math.Min(at, _source.Length);
        var (from, line) = at >= _counted.At ? _counted : (0, 1);
        _counted = (at, line + _source.AsSpan(from, at - from).Count('\n'));
        return _counted.Line;
    }

    private ChatTemplateException Error(string problem) => new($"The chat template cannot be read, line {Line(_at)}: {problem}.");
}
