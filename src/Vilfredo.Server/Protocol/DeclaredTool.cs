using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Vilfredo.Server.Protocol;

/// <summary>A tool of a request. It is the caller's to run; here it is only passed on.</summary>
internal sealed class DeclaredTool : AIFunctionDeclaration
{
    // The name under which OpenAI's client looks for it, in tools and in options alike.
    public const string StrictKey = "strict";

    private readonly Dictionary<string, object?> _properties = [];

    public DeclaredTool(string name, string? description, JsonElement parameters, bool? isStrict)
    {
        (Name, Description, JsonSchema) = (name, description ?? "", parameters);
        IsStrict = isStrict;
    }

    public override string Name { get; }

    public override string Description { get; }

    public override JsonElement JsonSchema { get; }

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;

    /// <summary>Whether arguments must follow the schema exactly; null where the request leaves it open.</summary>
    public bool? IsStrict
    {
        get;
        set
        {
            field = value;
            if (value is { } strict)
                _properties[StrictKey] = strict;
        }
    }
}
