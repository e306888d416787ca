using Vilfredo.Neural.Checkpoints;

namespace Vilfredo.Neural.Transformers;

/// <summary>Decoders as folders in Hugging Face's layout: <c>config.json</c> and safetensors files.</summary>
public static class DecoderCheckpoint
{
    /// <summary>The file of the configuration.</summary>
    public const string ConfigFile = "config.json";

    private const string WeightsFile = "model.safetensors";

    /// <summary>Builds the model that a folder describes and loads its weights, as 32-bit numbers.</summary>
    /// <exception cref="FileNotFoundException">The folder has no <c>config.json</c> or no weights.</exception>
    /// <exception cref="InvalidConfigException">The configuration cannot be built.</exception>
    /// <exception cref="CheckpointMismatchException">The weights are not those of the configuration.</exception>
    public static Decoder Load(string folder)
    {
        var file = Path.Combine(folder, ConfigFile);
        if (!File.Exists(file))
            throw new FileNotFoundException($"The folder {folder} has no {ConfigFile}; it must hold {ConfigFile} and {WeightsFile} (or its shards with their index).", file);
        var config = DecoderConfig.Parse(File.ReadAllText(file));
        var model = new Decoder(config);
        try
        {
            var options = new LoadOptions();
            // Some files repeat the tied matrix under the head's name.
            if (config.TieWordEmbeddings)
                options = options with { IgnoredSuffixes = [.. options.IgnoredSuffixes, "lm_head.weight"] };
            // DeepSeek's files repeat embedding and head in every module that predicts further.
            options = options with
            {
                IgnoredSuffixes =
                [
                    .. options.IgnoredSuffixes,
                    .. Enumerable.Range(Recursion.LayerPlan.Of(config).StoredLayers, config.NumNextnPredictLayers ?? 0).SelectMany(layer => new[] { $"layers.{layer}.embed_tokens.weight", $"layers.{layer}.shared_head.head.weight" }),
                ],
            };
            Checkpoint.Load(model, folder, options);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Writes the model into a folder, which is made when it is not there.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    /// <param name="folder">The folder; files of these names are replaced.</param>
    /// <param name="metadata">Free texts for the header of the weights, or null.</param>
    public static void Save(Decoder model, string folder, IReadOnlyDictionary<string, string>? metadata = null)
    {
        Directory.CreateDirectory(folder);
        Checkpoint.Save(model, Path.Combine(folder, WeightsFile), metadata);
        File.WriteAllText(Path.Combine(folder, ConfigFile), model.Config.ToJson());
    }
}
