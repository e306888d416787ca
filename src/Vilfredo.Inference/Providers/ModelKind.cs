namespace Vilfredo.Inference.Providers;

/// <summary>Where a model runs.</summary>
public enum ModelKind
{
    /// <summary>Behind an endpoint that speaks OpenAI's protocol.</summary>
    OpenAI,

    /// <summary>In this process, from a folder.</summary>
    Local,
}
