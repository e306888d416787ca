using Vilfredo.Inference.Providers;
using Vilfredo.IO;
using Vilfredo.Measurement.IdealizedRuntime;
using Vilfredo.Measurement.InferenceCosts;
using Vilfredo.Studies.Yaml;
using YamlDotNet.RepresentationModel;

namespace Vilfredo.Inference.Evaluation.Definition;

/// <summary>Reads the models of an evaluation file.</summary>
internal sealed class ModelsSection(string folder, YamlMistakes mistakes, FileValues values)
{
    public IReadOnlyList<EvaluatedModel> Read(YamlMapping file)
    {
        if (file.Require("models", "[{ name: small, folder: ../models/small }]") is null)
            return [];
        var models = new List<EvaluatedModel>();
        foreach (var node in file.Items("models"))
        {
            if (YamlMapping.Of(node, "a model", mistakes) is not { } mapping || One(mapping) is not { } model)
                continue;
            if (models.Any(other => other.Definition.Name == model.Definition.Name))
                mistakes.Add(node, $"the model '{model.Definition.Name}' is there twice; give it another name.");
            models.Add(model);
        }

        return models;
    }

    private EvaluatedModel? One(YamlMapping mapping)
    {
        var (local, endpoint) = (mapping.Text("folder"), mapping.Text("endpoint"));
        var name = mapping.Text("name") ?? (local is null ? mapping.Text("id") : Path.GetFileName(Path.TrimEndingDirectorySeparator(local)));
        Uri? address = null;
        if (local is null == endpoint is null)
            mistakes.Add(mapping.Node, "a model has either a 'folder' (in this process) or an 'endpoint' such as https://api.example.com/v1.");
        else if (endpoint is not null && (!Uri.TryCreate(endpoint, UriKind.Absolute, out address) || address.Scheme is not ("http" or "https")))
            mistakes.Add(mapping.Find("endpoint")!, $"'{endpoint}' is no address such as https://api.example.com/v1.");
        if (string.IsNullOrWhiteSpace(name) || name.Contains(':', StringComparison.Ordinal))
            mistakes.Add(mapping.Node, $"a model needs a 'name' without ':'; this one has '{name}'.");
        var model = new ModelDefinition
        {
            Name = name ?? "",
            Kind = local is null ? ModelKind.OpenAI : ModelKind.Local,
            Endpoint = address,
            Id = mapping.Text("id"),
            KeyVariable = mapping.Text("key"),
            Folder = local is null ? null : Path.GetFullPath(local, folder),
            Price = ReadPrice(mapping),
        };
        model = model with
        {
            Timeout = mapping.Duration("timeout") ?? model.Timeout,
            Retries = values.Whole(mapping, "retries", 0) ?? model.Retries,
            MaximumConcurrency = values.Whole(mapping, "concurrency", 1) ?? model.MaximumConcurrency,
        };
        if (model.Folder is not null && !Directory.Exists(model.Folder))
            mistakes.Add(mapping.Find("folder")!, $"there is no folder {model.Folder}.");
        var evaluated = new EvaluatedModel(model) { Watts = values.Positive(mapping, "watts"), Profile = ReadProfile(mapping) };
        mapping.RefuseOthers();
        return evaluated;
    }

    private TokenPrice? ReadPrice(YamlMapping mapping)
    {
        if (mapping.Find("price") is not { } node)
            return null;
        if (node is YamlScalarNode { Value: "0" })
            return new(0, 0);
        if (YamlMapping.Of(node, "'price'", mistakes) is not { } price)
            return null;
        foreach (var key in (string[])["input", "output"])
            price.Require(key, "0.5");
        var read = new TokenPrice(values.NotNegative(price, "input") ?? 0, values.NotNegative(price, "output") ?? 0, values.NotNegative(price, "cached_input"));
        price.RefuseOthers();
        return read;
    }

    // A profile by its name among the published ones, or from a file: { file: profiles.json, name: mine }.
    private RuntimeProfile? ReadProfile(YamlMapping mapping)
    {
        if (mapping.Find("runtime_profile") is not { } node)
            return null;
        var (set, wanted) = (PublishedProfiles.Idealized(), "");
        if (node is YamlScalarNode scalar)
        {
            wanted = scalar.Value ?? "";
        }
        else if (YamlMapping.Of(node, "'runtime_profile'", mistakes) is { } profile)
        {
            var path = profile.Require("file", "profiles.json") is null ? null : profile.Text("file");
            wanted = profile.Require("name", "my-model") is null ? "" : profile.Text("name") ?? "";
            profile.RefuseOthers();
            if (path is null)
                return null;
            try
            {
                set = ProfileFile.Read(File.ReadAllBytes(Path.GetFullPath(path, folder)), path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InputFormatException)
            {
                mistakes.Add(node, $"the runtime profiles cannot be read: {error.Message}");
                return null;
            }
        }

        if (set.TryGet(wanted, out var found))
            return found;
        mistakes.Add(node, $"there is no runtime profile '{wanted}'; there are: {string.Join(", ", set.Profiles.Select(one => one.Model))}.");
        return null;
    }
}
