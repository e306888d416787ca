using System.Globalization;
using System.Runtime.CompilerServices;

namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>The value of an expression in a scope.</summary>
internal delegate object? Expression(Scope scope);

/// <summary>Reads expressions, from the loosest operator to the tightest.</summary>
internal sealed class ExpressionParser(IReadOnlyList<Token> tokens, int line)
{
    private const int MostDepth = 200;

    private static readonly string[] Comparisons = ["==", "!=", "<", ">", "<=", ">="];
    private static readonly string[] ReservedAfterTest = ["and", "or", "not", "if", "else", "is", "in"];

    private int _at;
    private int _depth;

    public Token Current => tokens[_at];

    public Token Take() => tokens[_at++];

    public bool Accept(string text)
    {
        if (!Current.Is(text))
            return false;
        _at++;
        return true;
    }

    public void Expect(string text)
    {
        if (!Accept(text))
            throw Error($"'{text}' is missing before '{Current.Text}'");
    }

    public string Name() => Current.Kind == TokenKind.Name ? Take().Text : throw Error($"a name is missing before '{Current.Text}'");

    public void End()
    {
        if (Current.Kind != TokenKind.End)
            throw Error($"'{Current.Text}' has no place there");
    }

    public ChatTemplateException Error(string problem) => new($"The chat template cannot be read, line {line}: {problem}.");

    /// <summary>An expression, with "a if b else c".</summary>
    public Expression Parse()
    {
        if (++_depth > MostDepth)
            throw Error($"expressions are nested more than {MostDepth} deep");
        var value = Or();
        while (Accept("if"))
        {
            var (then, condition) = (value, Or());
            var otherwise = Accept("else") ? Parse() : _ => new Undefined("the missing else of an expression");
            value = scope => Values.IsTrue(condition(scope)) ? then(scope) : otherwise(scope);
        }

        _depth--;
        return value;
    }

    /// <summary>An expression, or several with commas between, which make a list.</summary>
    public Expression ParseTuple()
    {
        var first = Parse();
        if (!Current.Is(","))
            return first;
        var items = new List<Expression> { first };
        while (Accept(",") && Current.Kind != TokenKind.End && !Current.Is(")"))
            items.Add(Parse());
        return scope => items.ConvertAll(item => item(scope));
    }

    /// <summary>An expression without a condition: what a loop goes through.</summary>
    public Expression Or()
    {
        var value = And();
        while (Accept("or"))
        {
            var (left, right) = (value, And());
            value = scope => left(scope) is var first && Values.IsTrue(first) ? first : right(scope);
        }

        return value;
    }

    private Expression And()
    {
        var value = Not();
        while (Accept("and"))
        {
            var (left, right) = (value, Not());
            value = scope => left(scope) is var first && !Values.IsTrue(first) ? first : right(scope);
        }

        return value;
    }

    private Expression Not()
    {
        if (!Accept("not"))
            return Comparison();
        if (++_depth > MostDepth)
            throw Error($"expressions are nested more than {MostDepth} deep");
        var value = Not();
        _depth--;
        return scope => !Values.IsTrue(value(scope));
    }

    private Expression Comparison()
    {
        var first = Sum();
        var rest = new List<(string Sign, Expression Right)>();
        while (Sign() is { } sign)
            rest.Add((sign, Sum()));
        if (rest.Count == 0)
            return first;
        return scope =>
        {
            var left = first(scope);
            foreach (var (sign, expression) in rest)
            {
                var right = expression(scope);
                var holds = sign switch
                {
                    "==" => Values.Same(left, right),
                    "!=" => !Values.Same(left, right),
                    "in" => Values.Contains(right, left),
                    "not in" => !Values.Contains(right, left),
                    _ => Values.Compare(sign, left, right),
                };
                if (!holds)
                    return false;
                left = right;
            }

            return true;
        };
    }

    /// <summary>Takes the sign of a comparison, where one is next.</summary>
    private string? Sign()
    {
        if (Current.Kind == TokenKind.Operator && Comparisons.Contains(Current.Text))
            return Take().Text;
        if (Accept("in"))
            return "in";
        if (!Current.Is("not") || !tokens[_at + 1].Is("in"))
            return null;
        _at += 2;
        return "not in";
    }

    private Expression Sum() => Chain(Joined, "+", "-");

    private Expression Joined()
    {
        var value = Product();
        while (Accept("~"))
        {
            var (left, right) = (value, Product());
            value = scope => Budget.Check(Values.Text(left(scope)) + Values.Text(right(scope)));
        }

        return value;
    }

    private Expression Product() => Chain(Power, "*", "/", "//", "%");

    private Expression Power() => Chain(Unary, "**");

    private Expression Chain(Func<Expression> next, params string[] signs)
    {
        var value = next();
        while (Current.Kind == TokenKind.Operator && signs.Contains(Current.Text))
        {
            var (sign, left, right) = (Take().Text, value, next());
            value = scope => Values.Calculate(sign, left(scope), right(scope), scope.Budget);
        }

        return value;
    }

    private Expression Unary()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (++_depth > MostDepth)
            throw Error($"expressions are nested more than {MostDepth} deep");
        Expression value;
        if (Accept("-"))
        {
            var positive = Unary();
            value = scope => Values.Calculate("-", 0L, positive(scope), scope.Budget);
        }
        else
        {
            value = Filtered(Postfix(Accept("+") ? Unary() : Primary()));
        }

        _depth--;
        return value;
    }

    private Expression Primary()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Text:
                var text = token.Text;
                while (Current.Kind == TokenKind.Text) // neighbours are one string
                    text += Take().Text;
                return _ => text;
            case TokenKind.Number:
                if (long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var integer))
                    return _ => integer;
                return double.TryParse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? _ => number : throw Error($"'{token.Text}' is no number");
            case TokenKind.Name when token.Text is "true" or "True":
                return _ => true;
            case TokenKind.Name when token.Text is "false" or "False":
                return _ => false;
            case TokenKind.Name when token.Text is "none" or "None":
                return _ => null;
            case TokenKind.Name:
                return scope => scope[token.Text];
            case TokenKind.Operator when token.Text == "(":
                if (Accept(")"))
                    return _ => new List<object?>();
                var inner = ParseTuple();
                Expect(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                var items = Until("]", Parse);
                return scope => items.ConvertAll(item => item(scope));
            case TokenKind.Operator when token.Text == "{":
                var entries = Until("}", () =>
                {
                    var key = Parse();
                    Expect(":");
                    return (Key: key, Value: Parse());
                });
                return scope => entries.ToDictionary(entry => Values.Text(entry.Key(scope)), entry => entry.Value(scope));
            default:
                throw Error(token.Kind == TokenKind.End ? "an expression is missing" : $"'{token.Text}' has no place there");
        }
    }

    private List<T> Until<T>(string end, Func<T> item)
    {
        var items = new List<T>();
        while (!Accept(end))
        {
            items.Add(item());
            if (!Current.Is(end))
                Expect(",");
        }

        return items;
    }

    private Expression Postfix(Expression value)
    {
        while (true)
        {
            var of = value;
            if (Accept("."))
            {
                var token = Take();
                value = token.Kind switch
                {
                    TokenKind.Name => scope => Library.Attribute(of(scope), token.Text),
                    TokenKind.Number when long.TryParse(token.Text, out var index) => scope => Values.Item(of(scope), index),
                    _ => throw Error("a name is missing behind '.'"),
                };
            }
            else if (Accept("["))
            {
                value = Subscript(of);
            }
            else if (Accept("("))
            {
                var (arguments, named) = Arguments();
                value = scope => of(scope) is Function function
                    ? scope.Budget.Deeper(() => function(arguments.ConvertAll(argument => argument(scope)), named.ToDictionary(pair => pair.Name, pair => pair.Value(scope))))
                    : throw Values.Cannot($"call {Values.KindOf(of(scope))}");
            }
            else
            {
                return value;
            }
        }
    }

    private Expression Subscript(Expression of)
    {
        var parts = new Expression?[3];
        var part = 0;
        while (!Accept("]"))
        {
            if (Accept(":"))
                part++;
            else
                parts[part] = Parse();
            if (part > 2)
                throw Error("a slice has more than three parts");
        }

        if (part == 0)
            return parts[0] is { } key ? scope => Values.Item(of(scope), key(scope)) : throw Error("'[]' is empty");
        return scope => Values.Slice(of(scope), parts[0]?.Invoke(scope), parts[1]?.Invoke(scope), parts[2]?.Invoke(scope));
    }

    private (List<Expression> Arguments, List<(string Name, Expression Value)> Named) Arguments()
    {
        var (arguments, named) = (new List<Expression>(), new List<(string, Expression)>());
        foreach (var (name, value) in Until(")", () =>
        {
            if (Current.Kind != TokenKind.Name || !tokens[_at + 1].Is("="))
                return (null, Parse());
            var name = Take().Text;
            Expect("=");
            return ((string?)name, Parse());
        }))
        {
            if (name is null)
                arguments.Add(value);
            else
                named.Add((name, value));
        }

        return (arguments, named);
    }

    private Expression Filtered(Expression value)
    {
        while (true)
        {
            var of = value;
            if (Accept("|"))
            {
                var name = Name();
                var filter = Library.Filters.GetValueOrDefault(name == "d" ? "default" : name) ?? throw Error($"the filter '{name}' is not supported");
                var (arguments, named) = Accept("(") ? Arguments() : ([], []);
                value = scope => filter(of(scope), arguments.ConvertAll(argument => argument(scope)), named.ToDictionary(pair => pair.Name, pair => pair.Value(scope)));
            }
            else if (Accept("is"))
            {
                var negated = Accept("not");
                var name = Name();
                var test = Library.Tests.GetValueOrDefault(name) ?? throw Error($"the test '{name}' is not supported");
                var arguments = TestArguments(name);
                value = scope => test(of(scope), arguments.ConvertAll(argument => argument(scope))) != negated;
            }
            else
            {
                return value;
            }
        }
    }

    private List<Expression> TestArguments(string test)
    {
        var arguments = Accept("(")
            ? Arguments().Arguments
            : Current.Kind is TokenKind.Text or TokenKind.Number || Current.Is("[") || (Current.Kind == TokenKind.Name && !ReservedAfterTest.Contains(Current.Text))
                ? [Postfix(Primary())]
                : [];
        var needed = test is "equalto" or "eq" or "ne" or "in" or "divisibleby" ? 1 : 0;
        return arguments.Count == needed ? arguments : throw Error($"the test '{test}' takes {needed} arguments, not {arguments.Count}");
    }
}
