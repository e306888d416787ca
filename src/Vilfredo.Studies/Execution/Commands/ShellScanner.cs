using System.Text.RegularExpressions;

namespace Vilfredo.Studies.Execution;

/// <summary>Finds for each placeholder of a shell line in which quotes it stands.</summary>
/// <remarks>
/// This reads quotes and backslashes as POSIX shells do (Shell Command Language, 2.2). It does not parse the whole
/// language: once something appears behind which quoting can no longer be told for certain, later placeholders are
/// refused. The shell code is the study author's own; only the values are strangers to it.
/// </remarks>
internal sealed partial class ShellScanner
{
    private ShellContext _context = ShellContext.Unquoted;
    private string? _doubt;
    private bool _isInComment;
    private bool _isInVariableName;
    private char _last = '\n';

    /// <summary>The context of each placeholder.</summary>
    /// <exception cref="FormatException">A placeholder stands where its value could be read as code.</exception>
    public static ShellContext[] ContextsOf(TemplateText line)
    {
        var scanner = new ShellScanner();
        var contexts = new ShellContext[line.Placeholders.Count];
        for (var i = 0; i < contexts.Length; i++)
        {
            var endsInBackslash = scanner.Scan(line.Literals[i]);
            if (scanner.Refusal(endsInBackslash) is { } reason) throw Error(line.Placeholders[i], reason);
            contexts[i] = scanner._context;
            scanner._last = 'x'; // some text that is nothing special
            scanner._isInVariableName = false;
        }

        return contexts;
    }

    /// <summary>Reads a literal piece.</summary>
    /// <returns>Whether it ends in a backslash that would escape what follows.</returns>
    private bool Scan(string literal)
    {
        for (var i = 0; i < literal.Length; i++)
        {
            var c = literal[i];
            if (_isInComment)
            {
                _isInComment = c != '\n';
            }
            else if (_context == ShellContext.SingleQuotes)
            {
                if (c == '\'') _context = ShellContext.Unquoted;
                _isInVariableName = false;
            }
            else if (c == '\\')
            {
                if (i + 1 == literal.Length) return true;
                i++;
                _last = 'x';
                _isInVariableName = false;
                continue;
            }
            else
            {
                _isInVariableName = c == '$' || (_isInVariableName && (char.IsAsciiLetterOrDigit(c) || c == '_'));
                i += ReadSpecial(literal, i);
            }

            _last = literal[i];
        }

        return false;
    }

    /// <summary>Reads a character outside single quotes and comments.</summary>
    /// <returns>How many characters more belong to it.</returns>
    private int ReadSpecial(string literal, int at)
    {
        var c = literal[at];
        var next = at + 1 < literal.Length ? literal[at + 1] : '\0';
        switch (c)
        {
            case '"':
                _context = _context == ShellContext.DoubleQuotes ? ShellContext.Unquoted : ShellContext.DoubleQuotes;
                break;
            case '`':
                _doubt ??= "behind a backquote; use $(...) outside double quotes";
                break;
            case '$' when next == '{' && PlainExpansion().Match(literal, at) is { Success: true } expansion && expansion.Index == at:
                _isInVariableName = false;
                return expansion.Length - 1;
            case '$' when next == '{':
                _doubt ??= "behind a ${{...}} with an operator; set a variable before it and use that";
                break;
            case '$' when next == '(' && at + 2 < literal.Length && literal[at + 2] == '(':
                _doubt ??= "in or behind an arithmetic expansion; assign the value to a variable first and use that";
                break;
            case '$' when next == '(' && _context == ShellContext.DoubleQuotes:
                _doubt ??= "behind a $(...) in double quotes; assign the value to a variable first and use that";
                break;
            case '$' when next is '\'' or '"' && _context == ShellContext.Unquoted:
                _doubt ??= "behind $'...' or $\"...\", which shells read differently; use plain quotes";
                break;
            case '\'' when _context == ShellContext.Unquoted:
                _context = ShellContext.SingleQuotes;
                break;
            case '#' when _context == ShellContext.Unquoted && (char.IsWhiteSpace(_last) || _last is ';' or '&' or '|' or '('):
                _isInComment = true;
                break;
            case '<' when next == '<' && _context == ShellContext.Unquoted:
                _doubt ??= "behind a here document; use printf and a pipe";
                break;
            case '(' when next == '(' && _context == ShellContext.Unquoted:
                _doubt ??= "in or behind an arithmetic command; assign the value to a variable first and use that";
                break;
        }

        return 0;
    }

    private string? Refusal(bool endsInBackslash)
    {
        if (_doubt is not null) return _doubt;
        if (_isInComment) return "in a comment";
        if (endsInBackslash) return "directly behind a backslash, which would escape its first quote";
        var joinsVariable = _context == ShellContext.DoubleQuotes ? _isInVariableName : _last == '$' && _isInVariableName;
        return joinsVariable
            ? "directly behind a dollar sign or a variable's name; write ${{name}} for a variable of the shell"
            : null;
    }

    private static FormatException Error(CommandPlaceholder placeholder, string reason) => new(
        $"the placeholder {{{placeholder.Name}}} at character {placeholder.Position + 1} of the shell line stands {reason}");

    /// <summary>A variable in braces without any operator, behind which everything is as before.</summary>
    [GeneratedRegex(@"\$\{[A-Za-z0-9_]+\}")]
    private static partial Regex PlainExpansion();
}
