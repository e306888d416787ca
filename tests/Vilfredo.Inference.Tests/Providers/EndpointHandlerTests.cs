using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vilfredo.Inference.Providers;

namespace Vilfredo.Inference.Tests.Providers;

public class EndpointHandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Under_TLS_calls_share_connections_of_HTTP2_where_the_endpoint_offers_it(bool isOffered)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var agreed = AgreedAsync();

        using var client = new HttpClient(new EndpointHandler
        {
            InnerHandler = new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString() } },
        });
        // The other side ends the connection as soon as both have agreed.
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1"), TestContext.Current.CancellationToken));
        Assert.Equal(isOffered ? SslApplicationProtocol.Http2 : SslApplicationProtocol.Http11, await agreed);

        async Task<SslApplicationProtocol> AgreedAsync()
        {
            using var socket = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            // A second try finds nobody.
            listener.Stop();
            await using var tls = new SslStream(socket.GetStream());
            await tls.AuthenticateAsServerAsync(
                new()
                {
                    ServerCertificate = certificate,
                    ApplicationProtocols = isOffered ? [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] : [SslApplicationProtocol.Http11],
                },
                TestContext.Current.CancellationToken);
            return tls.NegotiatedApplicationProtocol;
        }
    }

    [Fact]
    public async Task Without_TLS_a_request_stays_one_of_HTTP11_and_says_how_many_servers_it_has_passed()
    {
        using var endpoint = new StubEndpoint(request => request.Say("hello"));
        using var client = new HttpClient(new EndpointHandler { InnerHandler = new SocketsHttpHandler() });
        using var content = new StringContent("""{"model":"m"}""");
        using var response = await client.PostAsync(new Uri(endpoint.Address, "chat/completions"), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpVersion.Version11, response.Version);
        Assert.Equal("1", Assert.Single(response.RequestMessage!.Headers.GetValues(HopCount.Header)));
    }
}
