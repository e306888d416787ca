using System.Text;

namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>Writes a part of a template; what it says goes on after it.</summary>
internal delegate Flow Statement(Scope scope, StringBuilder output);

internal enum Flow
{
    Next,
    Break,
    Continue,
}

/// <summary>Reads the statements of a template: if, for, set, macro, break, continue and generation.</summary>
internal sealed class StatementParser(IReadOnlyList<Part> parts)
{
    private const int MostDepth = 100;

    private int _at;
    private int _depth;

    public Statement Parse()
    {
        var (body, _) = Body([]);
        return body;
    }

    /// <summary>Statements up to one that begins with one of the words; that one is read up to behind the word.</summary>
    private (Statement Body, (string Word, ExpressionParser Tag) End) Body(string[] ends)
    {
        if (++_depth > MostDepth)
            throw new ChatTemplateException($"The chat template cannot be read: statements are nested more than {MostDepth} deep.");
        var statements = new List<Statement>();
        while (_at < parts.Count)
        {
            var part = parts[_at++];
            var tag = new ExpressionParser(part.Tokens, part.Line);
            switch (part.Kind)
            {
                case PartKind.Text:
                    statements.Add(Printing(_ => part.Text));
                    break;
                case PartKind.Output:
                    statements.Add(Printing(tag.ParseTuple()));
                    tag.End();
                    break;
                default:
                    var word = tag.Name();
                    if (ends.Contains(word))
                    {
                        _depth--;
                        return (Sequence(statements), (word, tag));
                    }

                    statements.Add(One(word, tag));
                    break;
            }
        }

        _depth--;
        return ends.Length == 0 ? (Sequence(statements), ("", new([], 0))) : throw new ChatTemplateException($"The chat template cannot be read: it ends before '{ends[^1]}'.");
    }

    private static Statement Printing(Expression value) => (scope, output) =>
    {
        scope.Budget.Write(output, Values.Text(value(scope)));
        return Flow.Next;
    };

    private static Statement Sequence(List<Statement> statements) => (scope, output) =>
    {
        foreach (var statement in statements)
        {
            scope.Budget.Step();
            if (statement(scope, output) is var flow and not Flow.Next)
                return flow;
        }

        return Flow.Next;
    };

    private Statement One(string word, ExpressionParser tag)
    {
        switch (word)
        {
            case "if":
                return If(tag);
            case "for":
                return For(tag);
            case "set":
                return Set(tag);
            case "macro":
                return Macro(tag);
            case "break":
                tag.End();
                return (_, _) => Flow.Break;
            case "continue":
                tag.End();
                return (_, _) => Flow.Continue;
            case "generation": // marks what the assistant said, for training
                tag.End();
                var (body, end) = Body(["endgeneration"]);
                end.Tag.End();
                return body;
            default:
                throw tag.Error($"the statement '{word}' is not supported; if, for, set, macro, break, continue and generation are");
        }
    }

    private Statement If(ExpressionParser tag)
    {
        var branches = new List<(Expression Condition, Statement Then)>();
        Statement otherwise = (_, _) => Flow.Next;
        var word = "elif";
        while (word == "elif")
        {
            var condition = tag.Parse();
            tag.End();
            var (then, end) = Body(["elif", "else", "endif"]);
            branches.Add((condition, then));
            (word, tag) = end;
        }

        tag.End();
        if (word == "else")
        {
            (otherwise, var end) = Body(["endif"]);
            end.Tag.End();
        }

        return (scope, output) =>
        {
            var chosen = branches.Find(branch => Values.IsTrue(branch.Condition(scope))).Then ?? otherwise;
            return chosen(scope, output);
        };
    }

    private Statement For(ExpressionParser tag)
    {
        var names = new List<string> { tag.Name() };
        while (tag.Accept(","))
            names.Add(tag.Name());
        tag.Expect("in");
        var items = tag.Or();
        var condition = tag.Accept("if") ? tag.Parse() : null;
        tag.End();
        var (body, end) = Body(["else", "endfor"]);
        Statement? otherwise = null;
        end.Tag.End();
        if (end.Word == "else")
        {
            (otherwise, end) = Body(["endfor"]);
            end.Tag.End();
        }

        return (scope, output) =>
        {
            var rounds = Values.Items(items(scope)).Select(item => (Item: item, Scope: Bound(scope, names, item))).Where(round => condition is null || Values.IsTrue(condition(round.Scope))).ToList();
            for (var i = 0; i < rounds.Count; i++)
            {
                scope.Budget.Step();
                rounds[i].Scope["loop"] = Loop(i, rounds.Count, i > 0 ? rounds[i - 1].Item : new Undefined("previtem"), i + 1 < rounds.Count ? rounds[i + 1].Item : new Undefined("nextitem"));
                if (body(rounds[i].Scope, output) == Flow.Break)
                    break;
            }

            return rounds.Count == 0 && otherwise is not null ? otherwise(new Scope(scope, scope.Budget), output) : Flow.Next;
        };
    }

    private static Scope Bound(Scope outer, List<string> names, object? item)
    {
        outer.Budget.Step();
        var scope = new Scope(outer, outer.Budget);
        Assign(scope, names, item);
        return scope;
    }

    private static void Assign(Scope scope, List<string> names, object? value)
    {
        if (names.Count == 1)
        {
            scope[names[0]] = value;
            return;
        }

        var parts = Values.Items(value);
        if (parts.Count != names.Count)
            throw Values.Cannot($"give {parts.Count} values to {names.Count} names");
        foreach (var (name, part) in names.Zip(parts))
            scope[name] = part;
    }

    private static Dictionary<string, object?> Loop(int index, int count, object? previous, object? next) => new()
    {
        ["index"] = index + 1L,
        ["index0"] = (long)index,
        ["revindex"] = (long)(count - index),
        ["revindex0"] = (long)(count - index - 1),
        ["first"] = index == 0,
        ["last"] = index == count - 1,
        ["length"] = (long)count,
        ["previtem"] = previous,
        ["nextitem"] = next,
    };

    private Statement Set(ExpressionParser tag)
    {
        var names = new List<string> { tag.Name() };
        var attribute = tag.Accept(".") ? tag.Name() : null;
        while (attribute is null && tag.Accept(","))
            names.Add(tag.Name());
        if (tag.Accept("="))
        {
            var value = tag.ParseTuple();
            tag.End();
            return (scope, _) =>
            {
                if (attribute is null)
                    Assign(scope, names, value(scope));
                else if (scope[names[0]] is Namespace space)
                    space[attribute] = value(scope);
                else
                    throw Values.Cannot($"set '{names[0]}.{attribute}', but '{names[0]}' is no namespace");
                return Flow.Next;
            };
        }

        tag.End();
        if (attribute is not null || names.Count > 1)
            throw tag.Error("a block can be set to one name only");
        var (body, end) = Body(["endset"]);
        end.Tag.End();
        return (scope, _) =>
        {
            var text = new StringBuilder();
            var flow = body(new Scope(scope, scope.Budget), text);
            scope[names[0]] = text.ToString();
            return flow;
        };
    }

    private Statement Macro(ExpressionParser tag)
    {
        var name = tag.Name();
        tag.Expect("(");
        var parameters = new List<(string Name, Expression? Default)>();
        while (!tag.Accept(")"))
        {
            var parameter = tag.Name();
            parameters.Add((parameter, tag.Accept("=") ? tag.Parse() : null));
            if (!tag.Current.Is(")"))
                tag.Expect(",");
        }

        tag.End();
        var (body, end) = Body(["endmacro"]);
        end.Tag.End();
        return (defining, _) =>
        {
            defining[name] = (Function)((arguments, named) =>
            {
                if (arguments.Count > parameters.Count || named.Keys.Any(key => parameters.TrueForAll(parameter => parameter.Name != key)))
                    throw Values.Cannot($"call the macro '{name}' with arguments that it does not have");
                var scope = new Scope(defining, defining.Budget);
                for (var i = 0; i < parameters.Count; i++)
                {
                    var (parameter, otherwise) = parameters[i];
                    scope[parameter] = i < arguments.Count ? arguments[i]
                        : named.TryGetValue(parameter, out var given) ? given
                        : otherwise is null ? new Undefined(parameter) : otherwise(scope);
                }

                var text = new StringBuilder();
                body(scope, text);
                return text.ToString();
            });
            return Flow.Next;
        };
    }
}
