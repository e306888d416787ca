using System.Text.Json;
using Vilfredo.CodeHost;

namespace Vilfredo.Measurement.CodeEfficiency.Running.Hosting;

/// <summary>Writes the request of a host.</summary>
internal static class HostRequest
{
    /// <summary>Writes a request file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="program">Writes the properties that name the program.</param>
    /// <param name="calls">The arguments of each call.</param>
    /// <param name="settings">How to run them.</param>
    public static void Write(string file, Action<Utf8JsonWriter> program, IEnumerable<JsonElement> calls, RunSettings settings)
    {
        using var stream = File.Create(file);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        program(writer);
        writer.WriteNumber(HostProtocol.WarmUp, settings.WarmUp);
        writer.WriteNumber(HostProtocol.Repeats, settings.Repeats);
        writer.WriteNumber(HostProtocol.Prepared, settings.Prepared);
        writer.WriteNumber(HostProtocol.CpuLimit, settings.Limits.CpuTime.TotalSeconds);
        writer.WriteNumber(HostProtocol.WallLimit, settings.Limits.EffectiveWallTime.TotalSeconds);
        writer.WriteNumber(HostProtocol.StackBytes, settings.Limits.StackBytes);
        writer.WriteStartArray(HostProtocol.Calls);
        foreach (var call in calls) call.WriteTo(writer);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
