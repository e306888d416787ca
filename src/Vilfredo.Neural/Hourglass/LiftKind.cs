using System.Text.Json.Serialization;

namespace Vilfredo.Neural.Hourglass;

/// <summary>How the input of a residual network gets the width of its skip connection.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LiftKind>))]
public enum LiftKind
{
    /// <summary>By a matrix that is trained.</summary>
    [JsonStringEnumMemberName("learned")]
    Learned,

    /// <summary>By a matrix of independent normal numbers of variance 1 / latent width that is never trained: squared lengths stay the same on average, with a relative standard deviation of sqrt(2 / latent width).</summary>
    [JsonStringEnumMemberName("fixed_gaussian")]
    FixedGaussian,

    /// <summary>By a random matrix with orthonormal columns (rows, where the latent is narrower than the input) that is never trained: lengths and angles stay the same.</summary>
    [JsonStringEnumMemberName("fixed_orthogonal")]
    FixedOrthogonal,

    /// <summary>By a matrix of random signs / sqrt(latent width) that is never trained.</summary>
    [JsonStringEnumMemberName("fixed_signs")]
    FixedSigns,

    /// <summary>Not at all: input and skip connection have the same width.</summary>
    [JsonStringEnumMemberName("identity")]
    Identity,
}
