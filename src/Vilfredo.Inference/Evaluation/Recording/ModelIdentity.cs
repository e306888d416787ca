using System.Globalization;
using System.Security.Cryptography;
using Vilfredo.Inference.Providers;

namespace Vilfredo.Inference.Evaluation.Recording;

/// <summary>What tells a model from others, so that answers of one are never taken for those of another.</summary>
internal static class ModelIdentity
{
    private static readonly string[] Parts = ["*.safetensors", "*.json", "*.jinja"];

    /// <summary>The address and name of a served model; what is in the folder of a local one, wherever the folder is.</summary>
    public static string Of(ModelDefinition model)
    {
        if (model.Folder is not { } folder)
            return $"openai {model.Endpoint} {model.Id ?? model.Name}";
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Parts.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)).Order(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(path);
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(path)} {file.Length}\n")));
            hash.AppendData(SHA256.HashData(file));
        }

        return $"local {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
