using System.Text.Json;

namespace Vilfredo.Inference.Strategies.Coding;

/// <summary>A test that a model wrote, input first and output second.</summary>
/// <param name="Input">The arguments, a JSON array with one value per parameter.</param>
/// <param name="Expected">The output that the model derived.</param>
/// <param name="Status">What became of it.</param>
public sealed record SyntheticTest(JsonElement Input, JsonElement Expected, SyntheticTestStatus Status = SyntheticTestStatus.Kept);
