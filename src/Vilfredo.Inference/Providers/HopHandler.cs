using System.Globalization;

namespace Vilfredo.Inference.Providers;

/// <summary>Tells an endpoint how many servers a request has passed through.</summary>
internal sealed class HopHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        // A try again has the header already.
        request.Headers.Remove(HopCount.Header);
        request.Headers.TryAddWithoutValidation(HopCount.Header, (HopCount.Current + 1).ToString(CultureInfo.InvariantCulture));
        return base.SendAsync(request, cancellationToken);
    }
}
