using System.ClientModel.Primitives;
using Azure.Core;
using Kith.Azure.Models;
using Kith.Core.Usage;

namespace Kith.Models.Tests;

/// <summary>Signing in with an identity in place of a key.</summary>
public sealed class EntraTests
{
    private const string Scope = "https://cognitiveservices.azure.com/.default";

    [Fact]
    public async Task Calls_carry_a_token_of_the_identity_for_the_scope()
    {
        await using var server = await ModelServer.StartAsync();
        server.Say(Replies.Json("""{"statements":[]}"""), Replies.Vectors(_ => [1, 0, 0, 0]));
        var identity = new Identity(TimeSpan.FromHours(1), TimeProvider.System);

        await server.Reasoner(options => SignedIn(options, identity)).DeriveAsync(Some.Derive(Some.Turn("m1", "alice", "Hi")), Some.Cancellation);
        await server.Embedder(options => SignedIn(options, identity)).EmbedAsync("demo", ["Hi"], Some.Cancellation);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], server.Requests.Select(request => request.Authorization));
        Assert.All(identity.Scopes, scopes => Assert.Equal([Scope], scopes));
    }

    [Fact]
    public async Task A_token_serves_until_shortly_before_it_expires_and_is_then_renewed()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise(Replies.Json("""{"statements":[]}"""));
        var clock = new Clock();
        var reasoner = new ModelReasoner(SignedIn(server.Options, new Identity(TimeSpan.FromHours(1), clock)), new ModelUsage(clock), clock);

        foreach (var minutes in new[] { 0, 54, 2, 50, 10 })
        {
            clock.Now += TimeSpan.FromMinutes(minutes);
            await reasoner.DeriveAsync(Some.Derive(Some.Turn("m1", "alice", "Hi")), Some.Cancellation);
        }

        Assert.Equal(
            ["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2", "Bearer token-3"],
            server.Requests.Select(request => request.Authorization));
    }

    [Fact]
    public async Task An_identity_without_a_token_is_an_outage()
    {
        await using var server = await ModelServer.StartAsync();
        var reasoner = server.Reasoner(options => SignedIn(options, new NoIdentity()));

        var fault = await Some.FailsAsync(Core.ErrorCode.Unavailable, () => reasoner.DeriveAsync(Some.Derive(Some.Turn("m1", "alice", "Hi")), Some.Cancellation));

        Assert.Contains("Entra", fault.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    /// <summary>Tokens go to https addresses only: the address is one, and the transport finds the server on this machine behind it.</summary>
    private static ModelOptions SignedIn(ModelOptions options, TokenCredential identity) => options with
    {
        Key = null,
        EntraScope = Scope,
        Credential = identity,
        Endpoint = new Uri("https://kith.openai.azure.com/openai/v1/"),
        Transport = new HttpClientPipelineTransport(new HttpClient(new Redirection(options.Endpoint!))),
    };

    private sealed class Redirection(Uri server) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(server, request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Some.Time;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Identity(TimeSpan lifetime, TimeProvider time) : TokenCredential
    {
        private int _tokens;

        public List<string[]> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            Scopes.Add(requestContext.Scopes);
            return new AccessToken($"token-{++_tokens}", time.GetUtcNow() + lifetime);
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new global::Azure.Identity.CredentialUnavailableException("Nobody is signed in");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}
