namespace Vilfredo.Measurement.IdealizedRuntime;

/// <summary>
/// The profiles that HELM (Stanford CRFM, Apache-2.0, commit 63754d05) ships, unmodified: of models and endpoints of 2022, in
/// milliseconds. For comparison and for trying things out; profile today's models yourself.
/// </summary>
public static class PublishedProfiles
{
    /// <summary>19 models on the same hardware and software: Megatron-LM on A100-80GB, fp16, batch size 1.</summary>
    public static ProfileSet Idealized() => Read("inference_idealized_runtimes.json", "A100-80GB", "Megatron-LM, fp16");

    /// <summary>18 endpoints, contention removed: the minimum over calls in mid and late 2022, on the providers' own hardware.</summary>
    public static ProfileSet Denoised() => Read("inference_denoised_runtimes.json", "provider's", "provider's");

    private static ProfileSet Read(string name, string hardware, string software)
    {
        using var stream = typeof(PublishedProfiles).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return ProfileFile.Read(bytes.ToArray(), name, hardware, software);
    }
}
