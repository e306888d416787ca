using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Recursion.Configuration;

/// <summary>What becomes of a token's state H after a recursion f with the gate g. f carries its own residual stream.</summary>
/// <remarks>Where tokens pick their number of recursions this holds for the last of them, and H is the state before the first; those between replace the state.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<RoutedUpdate>))]
public enum RoutedUpdate
{
    /// <summary>H + g f(H): the published form.</summary>
    [JsonStringEnumMemberName("weighted")]
    Weighted,

    /// <summary>H + f(H).</summary>
    [JsonStringEnumMemberName("additive")]
    Additive,

    /// <summary>f(H), as in a recursion without routers. The gate is not used, and the router learns from its own losses alone.</summary>
    [JsonStringEnumMemberName("replacement")]
    Replacement,
}
