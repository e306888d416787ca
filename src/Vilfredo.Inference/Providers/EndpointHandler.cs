using System.Globalization;

namespace Vilfredo.Inference.Providers;

/// <summary>What every request to an endpoint has: the number of servers that it has passed through, and HTTP/2 where the endpoint offers it.</summary>
internal sealed class EndpointHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // A try again has the header already.
        request.Headers.Remove(HopCount.Header);
        request.Headers.TryAddWithoutValidation(HopCount.Header, (HopCount.Current + 1).ToString(CultureInfo.InvariantCulture));
        // Under TLS both sides agree on it, and a hundred calls share a connection; without TLS the request stays one of HTTP/1.1.
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher;
        return base.SendAsync(request, cancellationToken);
    }
}
