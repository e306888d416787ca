namespace Vilfredo.Measurement.IdealizedRuntime.Comparison;

/// <summary>
/// The architectures of Narayanan et al. (arXiv 2305.02440) with the time per output token that was fitted to their published logs, in
/// milliseconds as published.
/// </summary>
public static class PublishedArchitectures
{
    /// <summary>By size, the smallest first.</summary>
    public static IReadOnlyList<PublishedArchitecture> All { get; } =
    [
        new("GPT-J 6B", new DecoderShape(4096, 28), 1, 0.021, 1, 0.023),
        new("J1-Large 7.5B", new DecoderShape(4096, 32), 1, 0.024, 1, 0.027),
        new("J1-Grande 17B", new DecoderShape(5120, 50), 1, 0.038, 2, 0.052),
        new("GPT-NeoX 20B", new DecoderShape(6144, 44), 1, 0.033, null, 0.042),
        new("Anthropic 52B", new DecoderShape(8192, 64), 4, 0.054, 4, 0.065),
        new("OPT 66B", new DecoderShape(9216, 64), 4, 0.055, null, null),
        new("YaLM 100B", new DecoderShape(10240, 80), 4, 0.068, 8, 0.080),
        new("davinci, OPT 175B", new DecoderShape(12288, 96), 8, 0.081, 16, 0.101),
        new("BLOOM 176B", new DecoderShape(14336, 70), 8, 0.061, 16, 0.080),
        new("J1-Jumbo 178B", new DecoderShape(13824, 76), 8, 0.064, 16, 0.083),
        new("TNLG 530B", new DecoderShape(20480, 105), 24, 0.123, 48, 0.138),
    ];

    // Names of HELM's idealized profiles. Its openai/ada is none of the architectures.
    private static readonly Dictionary<string, string> ByModel = new()
    {
        ["huggingface/gptj_6b"] = "GPT-J 6B",
        ["gooseai/gpt-j-6b"] = "GPT-J 6B",
        ["together/gpt-j-6b"] = "GPT-J 6B",
        ["ai21/j1-large"] = "J1-Large 7.5B",
        ["openai/curie"] = "J1-Large 7.5B",
        ["microsoft/TNLGv2_7B"] = "J1-Large 7.5B",
        ["ai21/j1-grande"] = "J1-Grande 17B",
        ["gooseai/gpt-neo-20b"] = "GPT-NeoX 20B",
        ["together/gpt-neox-20b"] = "GPT-NeoX 20B",
        ["anthropic/stanford-online-all-v4-s3"] = "Anthropic 52B",
        ["cohere/xlarge-20220609"] = "Anthropic 52B",
        ["together/opt-66b"] = "OPT 66B",
        ["together/yalm"] = "YaLM 100B",
        ["openai/davinci"] = "davinci, OPT 175B",
        ["together/opt-175b"] = "davinci, OPT 175B",
        ["together/bloom"] = "BLOOM 176B",
        ["ai21/j1-jumbo"] = "J1-Jumbo 178B",
        ["microsoft/TNLGv2_530B"] = "TNLG 530B",
    };

    /// <summary>The architecture whose profile stands for a model in <see cref="PublishedProfiles.Idealized"/>; <see langword="null"/> for another.</summary>
    public static PublishedArchitecture? Of(string model) =>
        ByModel.TryGetValue(model, out var name) ? All.First(architecture => architecture.Name == name) : null;
}
