using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Recursion.Configuration;

/// <summary>Whose keys and values a recursion attends to.</summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, section 2.2.2.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<KeyValueSharing>))]
public enum KeyValueSharing
{
    /// <summary>Its own: of the tokens that take it, made by it.</summary>
    [JsonStringEnumMemberName("recursion_wise")]
    RecursionWise,

    /// <summary>Those of the first recursion, of all tokens that took that one. Later recursions make queries alone, and a cache holds one set for all.</summary>
    [JsonStringEnumMemberName("shared")]
    Shared,
}
