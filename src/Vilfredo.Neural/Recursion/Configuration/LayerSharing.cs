using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Recursion.Configuration;

/// <summary>Which of the L layers that a token passes through are the same layer, for R recursions.</summary>
/// <remarks>Source: Bae et al., Mixture-of-Recursions, 2025, section 2.1; the middle cycle was best there.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<LayerSharing>))]
public enum LayerSharing
{
    /// <summary>A block of L / R layers is passed R times: layer l is the stored layer l mod (L / R).</summary>
    [JsonStringEnumMemberName("cycle")]
    Cycle,

    /// <summary>Each of L / R layers is passed R times in a row: layer l is the stored layer l div R.</summary>
    [JsonStringEnumMemberName("sequence")]
    Sequence,

    /// <summary>The first and the last layer are their own, and those between are a <see cref="Cycle"/>.</summary>
    [JsonStringEnumMemberName("middle_cycle")]
    MiddleCycle,

    /// <summary>The first and the last layer are their own, and those between are a <see cref="Sequence"/>.</summary>
    [JsonStringEnumMemberName("middle_sequence")]
    MiddleSequence,

    /// <summary>None: the layers between the first and the last are R blocks that each have weights of their own. With routers this is a mixture of depths (Raposo et al., 2024), whose blocks tokens skip; without, an ordinary decoder.</summary>
    [JsonStringEnumMemberName("separate")]
    Separate,
}
