using Microsoft.AspNetCore.Http;
using Vilfredo.Server.Protocol;

namespace Vilfredo.Server.Chat;

/// <summary>Sends a JSON object as the whole answer.</summary>
internal static class JsonAnswer
{
    public static async ValueTask SendAsync(HttpContext http, JsonBuffer answer)
    {
        var bytes = answer.Written();
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = bytes.Length;
        await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted).ConfigureAwait(false);
    }
}
