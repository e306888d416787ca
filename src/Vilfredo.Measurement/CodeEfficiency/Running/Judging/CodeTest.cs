using System.Text.Json;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Judging;

/// <summary>A call and what it has to return.</summary>
/// <param name="Arguments">A JSON array with one value per parameter.</param>
/// <param name="Expected">The right output, or whatever the problem's checker reads from it.</param>
public readonly record struct CodeTest(JsonElement Arguments, JsonElement Expected);
