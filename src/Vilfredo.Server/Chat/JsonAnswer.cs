using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary>Sends a JSON object as the whole answer.</summary>
internal static class JsonAnswer
{
    public static async Task WriteAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, CompletionWriter.Options))
            write(json);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = buffer.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
    }
}
