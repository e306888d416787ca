using System.Text;
using System.Text.Json;

namespace Vilfredo.Inference.Answers;

/// <summary>Reads JSON that a model wrote, with what models get wrong: words or a fence around it, comments, commas at the end, single or typographic quotes, names without quotes, Python's True, False and None, line breaks in strings, and an end that is missing.</summary>
/// <remarks>Text that is JSON is never changed. O(length), and at most 1 MB is read.</remarks>
public static class JsonRepair
{
    private const int MostCharacters = 1 << 20;
    private const int MostDepth = 64;

    /// <summary>The value in a text; null when none can be made of it.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <param name="isRepaired">Whether the text as it is, blanks left out, is not that JSON.</param>
    public static JsonElement? Read(string text, out bool isRepaired)
    {
        ArgumentNullException.ThrowIfNull(text);
        isRepaired = false;
        if (Parse(text) is { } whole)
            return whole;
        isRepaired = true;
        if (text.Length > MostCharacters)
            return null;
        // From the first bracket on: what a model says before it has none, or is no JSON.
        for (var start = text.AsSpan().IndexOfAny('{', '['); start >= 0;)
        {
            if (Parse(new Mending(text, start).Run()) is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } mended)
                return mended;
            var next = text.AsSpan(start + 1).IndexOfAny('{', '[');
            start = next < 0 || start > 4096 ? -1 : start + 1 + next;
        }

        return null;
    }

    private static JsonElement? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostDepth });
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the value that begins at a place as JSON.</summary>
    private sealed class Mending(string text, int start)
    {
        private readonly StringBuilder _json = new();
        private readonly Stack<char> _open = new();
        private int _place = start;

        /// <summary>Null where it is none.</summary>
        public string? Run()
        {
            while (_place < text.Length)
            {
                var character = text[_place];
                switch (character)
                {
                    case '{' or '[':
                        if (_open.Count == MostDepth)
                            return null;
                        _open.Push(character == '{' ? '}' : ']');
                        Take();
                        break;
                    case '}' or ']':
                        if (_open.Count == 0 || _open.Peek() != character)
                            return null;
                        DropComma();
                        _open.Pop();
                        Take();
                        if (_open.Count == 0)
                            return _json.ToString();
                        break;
                    case '"' or '\'' or '\u201C' or '\u201D' or '\u2018' or '\u2019':
                        String(character);
                        break;
                    case '/' when Next is '/':
                        SkipTo('\n', 0);
                        break;
                    case '/' when Next is '*':
                        SkipComment();
                        break;
                    case ',' or ':' or ' ' or '\t' or '\r' or '\n':
                        Take();
                        break;
                    default:
                        if (!Word())
                            return null;
                        break;
                }
            }

            // The end is missing: what is open is closed, and a name without a value is left out.
            DropComma();
            if (_json.Length > 0 && _json[^1] == ':')
                _json.Append("null");
            foreach (var close in _open)
                _json.Append(close);
            return _open.Count > 0 ? _json.ToString() : null;
        }

        private char? Next => _place + 1 < text.Length ? text[_place + 1] : null;

        private void Take() => _json.Append(text[_place++]);

        private void DropComma()
        {
            while (_json.Length > 0 && (char.IsWhiteSpace(_json[^1]) || _json[^1] == ','))
                _json.Length--;
        }

        private void SkipTo(char end, int more)
        {
            var found = text.IndexOf(end, _place);
            _place = found < 0 ? text.Length : found + more;
        }

        private void SkipComment()
        {
            var found = text.IndexOf("*/", _place + 2, StringComparison.Ordinal);
            _place = found < 0 ? text.Length : found + 2;
        }

        private void String(char open)
        {
            var close = open switch { '\u201C' => '\u201D', '\u2018' => '\u2019', _ => open };
            _json.Append('"');
            for (_place++; _place < text.Length; _place++)
            {
                var character = text[_place];
                if (character == close || (close == '\u201D' && character == '"' && IsEnd()))
                {
                    // An apostrophe within single quotes is not their end.
                    if (close is '\'' or '\u2019' && !IsEnd())
                    {
                        _json.Append(character);
                        continue;
                    }

                    _place++;
                    break;
                }

                if (character == '\\' && Next is { } escaped)
                {
                    _place++;
                    if (escaped == '\'')
                        _json.Append('\'');
                    else
                        _json.Append('\\').Append(escaped);
                }
                else if (character == '\\')
                {
                    // Cut within an escape.
                }
                else if (character == '"')
                {
                    _json.Append("\\\"");
                }
                else if (character < ' ')
                {
                    _json.Append(character switch { '\n' => "\\n", '\r' => "\\r", '\t' => "\\t", _ => $"\\u{(int)character:x4}" });
                }
                else
                {
                    _json.Append(character);
                }
            }

            _json.Append('"');
        }

        // Whether what comes next may follow a string.
        private bool IsEnd()
        {
            var next = _place + 1;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
                next++;
            return next >= text.Length || text[next] is ',' or ':' or '}' or ']';
        }

        // A number, a literal, or a name without quotes.
        private bool Word()
        {
            var end = _place;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-' or '+' or '.' or '$'))
                end++;
            if (end == _place)
                return false;
            var word = text[_place..end];
            _place = end;
            var colon = end;
            while (colon < text.Length && char.IsWhiteSpace(text[colon]))
                colon++;
            if (_open.TryPeek(out var close) && close == '}' && colon < text.Length && text[colon] == ':' && !EndsWith(':'))
            {
                _json.Append('"').Append(word).Append('"');
                return true;
            }

            switch (word)
            {
                case "True" or "true":
                    _json.Append("true");
                    return true;
                case "False" or "false":
                    _json.Append("false");
                    return true;
                case "None" or "null" or "undefined" or "NaN":
                    _json.Append("null");
                    return true;
                default:
                    if (Parse(word) is not { ValueKind: JsonValueKind.Number })
                        return false;
                    _json.Append(word);
                    return true;
            }
        }

        private bool EndsWith(char character)
        {
            var last = _json.Length - 1;
            while (last >= 0 && char.IsWhiteSpace(_json[last]))
                last--;
            return last >= 0 && _json[last] == character;
        }
    }
}
