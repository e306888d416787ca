namespace Vilfredo.Neural.Chat.Jinja;

/// <summary>Something that can be called.</summary>
internal delegate object? Function(IReadOnlyList<object?> arguments, IReadOnlyDictionary<string, object?> named);

/// <summary>The value of a name that nothing has set.</summary>
internal sealed record Undefined(string Name);

/// <summary>What <c>namespace()</c> makes: values that statements in inner scopes can set.</summary>
internal sealed class Namespace : Dictionary<string, object?>;

/// <summary>The names of a template, a loop's round or a macro's call. Setting a name never reaches outwards.</summary>
internal sealed class Scope(Scope? outer, Budget budget)
{
    private readonly Dictionary<string, object?> _values = [];

    public Budget Budget => budget;

    public object? this[string name]
    {
        get => _values.TryGetValue(name, out var value) ? value : outer is null ? new Undefined(name) : outer[name];
        set => _values[name] = value;
    }
}
