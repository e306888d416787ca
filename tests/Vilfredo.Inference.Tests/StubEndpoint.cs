using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Vilfredo.Inference.Tests;

/// <summary>An endpoint on loopback that answers as a test says.</summary>
internal sealed class StubEndpoint : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<StubRequest, Task> _answer;
    private readonly ConcurrentQueue<StubRequest> _requests = new();
    private int _number;

    public StubEndpoint(Func<StubRequest, Task> answer)
    {
        _answer = answer;
        // A free port may be taken between finding and using it; then another one is tried.
        for (var attempt = 0; ; attempt++)
        {
            var port = FreePort();
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                Address = new($"http://127.0.0.1:{port}/v1");
                break;
            }
            catch (HttpListenerException) when (attempt < 20)
            {
            }
        }

        _ = Task.Run(ListenAsync);
    }

    public StubEndpoint(Action<StubRequest> answer)
        : this(request =>
        {
            answer(request);
            return Task.CompletedTask;
        })
    {
    }

    public Uri Address { get; }

    public IReadOnlyList<StubRequest> Requests => [.. _requests.OrderBy(request => request.Number)];

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            _ = Task.Run(async () =>
            {
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                var request = new StubRequest(Interlocked.Increment(ref _number) - 1, context, await reader.ReadToEndAsync());
                _requests.Enqueue(request);
                try
                {
                    await _answer(request);
                }
                catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
                {
                    // The client has gone, which some tests are about.
                }
            });
        }
    }
}

/// <summary>A request to a <see cref="StubEndpoint"/>, and how to answer it.</summary>
internal sealed record StubRequest(int Number, HttpListenerContext Context, string Body)
{
    public string? Authorization => Context.Request.Headers["Authorization"];

    public void Say(string text, string? usage = """{"prompt_tokens":10,"completion_tokens":3,"total_tokens":13}""") => Reply(200,
        $$"""{"id":"x","object":"chat.completion","created":1,"model":"stub","choices":[{"index":0,"message":{"role":"assistant","content":"{{text}}"},"finish_reason":"stop"}]{{(usage is null ? "" : $",\"usage\":{usage}")}}}""");

    public void Reply(int status, string body, params (string Name, string Value)[] headers)
    {
        var response = Context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        foreach (var (name, value) in headers)
            response.Headers[name] = value;
        response.OutputStream.Write(Encoding.UTF8.GetBytes(body));
        response.Close();
    }

    public void Stream(IEnumerable<string> words, bool isCutOff = false)
    {
        var response = Context.Response;
        response.ContentType = "text/event-stream";
        response.SendChunked = true;
        foreach (var word in words)
            Event($$"""{"id":"x","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{"role":"assistant","content":"{{word}}"},"finish_reason":null}]}""");
        if (isCutOff)
        {
            response.Abort();
            return;
        }

        Event("""{"id":"x","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""");
        Event("""{"id":"x","object":"chat.completion.chunk","created":1,"model":"stub","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}}""");
        Event("[DONE]");
        response.Close();

        void Event(string data)
        {
            response.OutputStream.Write(Encoding.UTF8.GetBytes($"data: {data}\n\n"));
            response.OutputStream.Flush();
        }
    }
}
